@echo off
rem Builds the disguise command when a source is newer than the program, then runs it.
rem Exit code 3 and the compiler's lines when it cannot be built.
setlocal
set "root=%~dp0"
set "program=%root%Host\bin\Release\net10.0\disguise.exe"
set "log=%TEMP%\disguise-build-%RANDOM%.log"
set "layers='Actors','Hardware','Kernels','LibOS','Host','build'"
powershell -NoProfile -Command "Set-Location -LiteralPath $env:root; if (-not (Test-Path $env:program)) { exit 1 }; $built = (Get-Item $env:program).LastWriteTimeUtc; $newer = Get-ChildItem -Recurse -File %layers%,'Directory.*.props' | Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' -and $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1; if ($newer) { exit 1 }"
if not errorlevel 1 goto run
dotnet build "%root%Host" --configuration Release --verbosity quiet --nologo > "%log%" 2>&1
if errorlevel 1 (
    findstr /c:"error" "%log%" 1>&2
    del "%log%"
    exit /b 3
)
del "%log%"
rem An unchanged program keeps its time; move it on so that the next start is quick.
powershell -NoProfile -Command "(Get-Item $env:program).LastWriteTimeUtc = [DateTime]::UtcNow"
:run
"%program%" %*
exit /b %errorlevel%
