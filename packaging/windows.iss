; Windows installer, for one user, without administrator rights. After `py dev.py build`:
;   ISCC.exe /DVersion=0.1.0 packaging\windows.iss        -> dist\installer\
; Sign dist\lastmile\*.exe before, and the installer after; unsigned ones meet SmartScreen's warning.

#ifndef Version
  #error Give the version: ISCC.exe /DVersion=0.1.0 packaging\windows.iss
#endif
#define Name "Lastmile Desktop"
#define Program "Lastmile Desktop.exe"

[Setup]
; AppId stays the same for ever: it is how an update finds what is installed.
AppId={{7B3C6C0E-3E0B-4B53-9C1B-6A0D2B1F8E54}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.19045
ChangesAssociations=yes
; asks to close a running program instead of replacing files under it
CloseApplications=yes
SourceDir=..
LicenseFile=LICENSE
SetupIconFile=build\build\icons\lastmile.ico
UninstallDisplayIcon={app}\{#Program}
OutputDir=dist\installer
OutputBaseFilename=lastmile-desktop-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; nothing of an older version may stay behind: Python would import it
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\lastmile\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Program}"
Name: "{userdesktop}\{#Name}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.lastmile"; ValueType: string; ValueData: "Lastmile.Day"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Lastmile.Day"; ValueType: string; ValueData: "Lastmile day"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Lastmile.Day\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKA; Subkey: "Software\Classes\Lastmile.Day\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

; The user's days and the program's own data folder stay on uninstalling: they are the user's.
