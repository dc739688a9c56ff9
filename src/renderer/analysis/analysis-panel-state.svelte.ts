/** The analysis panel on the page, for the panel itself and for actions from elsewhere. */
export class AnalysisPanelState {
  /** It is unfolded. */
  isOpen = $state(true);
  /** Shows how it is worked out; null while there is no panel. */
  explain = $state.raw<(() => void) | null>(null);
}
