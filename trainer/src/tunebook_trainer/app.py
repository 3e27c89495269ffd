"""The life of the process: hello, commands one after the other, bye."""

import os
import platform
import threading
import time
from pathlib import Path

from . import __version__
from .environment import installed_versions
from .hosts import Hosts, Loneliness
from .protocol import PROTOCOL
from .protocol.command_file import CommandFile
from .protocol.commands import Commands, End, Refused
from .protocol.event_file import EventFile
from .protocol.events import Events
from .session import Session
from .stopping import Stopping

# How often the run directory is asked for commands and hosts, and the main thread looks for a SIGTERM, in seconds.
LOOK_EVERY = 0.2
# A window that is reloaded is back by then, and finds the model still loaded.
GRACE_SECONDS = 15.0


def serve(run_directory: Path, out: int, grace_seconds: float = GRACE_SECONDS) -> None:
    """Returns when the process should end."""
    run_directory.mkdir(parents=True, exist_ok=True)
    stopping = Stopping()
    stopping.install()
    events = Events(out, EventFile(run_directory), stopping.deferred)
    events.emit(
        "hello",
        protocol=PROTOCOL,
        trainer=__version__,
        pid=os.getpid(),
        python=platform.python_version(),
        versions=installed_versions(),
    )
    session = Session(events, stopping, run_directory)
    commands = Commands(
        on_stop=stopping.request, on_bad_line=lambda text: events.emit("log", level="warning", text=text)
    )
    commands.read_stdin()
    hosts = Hosts(run_directory)
    _watch(CommandFile(run_directory, commands.accept), hosts)
    reason = _take_commands(commands, session, stopping, hosts, Loneliness(grace_seconds))
    events.emit("bye", reason=reason)
    events.close()


def _take_commands(
    commands: Commands, session: Session, stopping: Stopping, hosts: Hosts, loneliness: Loneliness
) -> str:
    while not stopping.terminating:
        # Asked first: what stdin had before its end is in the queue by then.
        stdin_closed = commands.stdin_closed
        command = commands.next(LOOK_EVERY)
        if isinstance(command, End):
            return command.reason
        if isinstance(command, Refused):
            session.refuse(command.run)
        elif command is not None:
            session.run(command)
        if command is not None or hosts.watching or not stdin_closed:
            loneliness.end()
        elif loneliness.too_long:
            return "stdinClosed"
    return "signal"


def _watch(command_file: CommandFile, hosts: Hosts) -> None:
    """On a thread of its own, while steps run too: `stop` is taken at once, and who has gone is known at the end."""

    def watch() -> None:
        while True:
            command_file.look()
            hosts.look()
            time.sleep(LOOK_EVERY)

    threading.Thread(target=watch, name="run directory", daemon=True).start()
