"""The life of the process: hello, commands one after the other, bye."""

import os
import platform
from pathlib import Path

from . import __version__
from .environment import installed_versions
from .protocol import PROTOCOL
from .protocol.commands import Commands, End, Refused
from .protocol.event_file import EventFile
from .protocol.events import Events
from .session import Session
from .stopping import Stopping

# How often the main thread looks for a SIGTERM that came while nothing ran, in seconds.
LOOK_EVERY = 0.2


def serve(run_directory: Path, out: int) -> None:
    """Returns when the process should end."""
    run_directory.mkdir(parents=True, exist_ok=True)
    stopping = Stopping()
    events = Events(out, EventFile(run_directory), stopping.deferred)
    events.emit(
        "hello",
        protocol=PROTOCOL,
        trainer=__version__,
        pid=os.getpid(),
        python=platform.python_version(),
        versions=installed_versions(),
    )
    stopping.install()
    session = Session(events, stopping, run_directory)
    commands = Commands(
        on_stop=stopping.request, on_bad_line=lambda text: events.emit("log", level="warning", text=text)
    )
    commands.start()
    reason = _take_commands(commands, session, stopping)
    events.emit("bye", reason=reason)
    events.close()


def _take_commands(commands: Commands, session: Session, stopping: Stopping) -> str:
    while not stopping.terminating:
        command = commands.next(LOOK_EVERY)
        if isinstance(command, End):
            return command.reason
        if isinstance(command, Refused):
            session.refuse(command.run)
        elif command is not None:
            session.run(command)
    return "signal"
