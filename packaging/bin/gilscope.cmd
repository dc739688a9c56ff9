@echo off
rem The command line of the installed app: it runs in the app's own Electron as in a plain Node.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\Gilscope.exe" "%~dp0..\resources\app.asar\out\main\cli.js" %*
