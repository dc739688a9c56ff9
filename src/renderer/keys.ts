/** The modifier of commands, as this system's keyboards name it. */
export const COMMAND_KEY = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';
