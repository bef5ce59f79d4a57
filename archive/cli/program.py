"""The command `archive`: its verbs, and the last line of defence against tracebacks."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from archive.cli.check import check
from archive.cli.diff import diff
from archive.cli.export import export
from archive.cli.init import init
from archive.cli.options import examples
from archive.cli.pack import pack
from archive.cli.redact import redact
from archive.cli.show import show
from archive.cli.trace import trace
from archive.cli.validate import validate
from archive.engine.imports import NUMPY, keep_out

NAME = "archive"
_COMPLETION = "_ARCHIVE_COMPLETE"
_OF_MAIN = frozenset({"complete_var", "standalone_mode", "windows_expand_args"})


class Program(click.Group):
    """The group of verbs, whose every end is an exit code and, if need be, a sentence."""

    def main(self, *positional: Any, **named: Any) -> NoReturn:
        """Runs one command and exits.

        Args:
            positional: as click's own `main` has them: the words after the program's name, and how it calls itself.
            named: the same by name, and what the contexts of click take.
        """
        if _COMPLETION in os.environ:  # pragma: no cover - the shell asks for completions; click answers
            super().main(*positional, **{"complete_var": _COMPLETION, **named})
        named.update(zip(("args", "prog_name"), positional, strict=False))
        words = named.pop("args", None)
        if words is None and export.name not in sys.argv:  # this process is ours alone
            keep_out(NUMPY)
        given = list(sys.argv[1:] if words is None else words)
        name = named.pop("prog_name", None) or NAME
        sys.exit(self._finished(name, given, {key: named[key] for key in named if key not in _OF_MAIN}))

    def _finished(self, name: str, given: list[str], extra: dict[str, Any]) -> int:
        """The exit code of one command, whatever happens in it."""
        try:
            with self.make_context(name, list(given), obj=given, **extra) as context:
                ended = self.invoke(context)
        except click.exceptions.Exit as done:
            return done.exit_code
        except click.ClickException as error:
            return self._refused(error, given)
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - nobody is to meet a traceback
            return self._failed(error, given)
        return ended if isinstance(ended, int) else 0

    def _refused(self, error: click.ClickException, given: list[str]) -> int:
        if "--json" not in given:
            error.show()
            return error.exit_code
        from archive.cli.failures import Failure
        from archive.cli.running import print_failure

        failure = Failure("run.refused", error.exit_code, error.format_message())
        return print_failure(failure, self._verb(given), as_json=True)

    def _failed(self, error: BaseException, given: list[str]) -> int:
        from archive.cli.endings import ToldToEnd, heed_no_more
        from archive.cli.failures import debug_trace, failure_of
        from archive.cli.running import print_failure
        from archive.cli.streams import reader_has_left, tell

        if reader_has_left() and isinstance(error, BrokenPipeError):
            return 0
        if isinstance(error, ToldToEnd):
            heed_no_more()
        _forget(error)
        trace = debug_trace(error)
        if trace is not None:
            tell(trace)
        return print_failure(failure_of(error), self._verb(given), as_json="--json" in given)

    def _verb(self, given: list[str]) -> str:
        return next((word for word in given if word in self.commands), NAME)


def _forget(error: BaseException) -> None:
    """Makes the exit code count after Ctrl-C.

    Where an interrupt passed through `exec` (as it may while a module is imported), CPython remembers it and ends the
    process by SIGINT in the end, whatever exit code was asked for. Running any program anew clears that.
    """
    if isinstance(error, KeyboardInterrupt):
        exec("")  # noqa: S102 - an empty program


def _print_version(context: click.Context, _: click.Parameter, *values: bool) -> None:
    if not any(values) or context.resilient_parsing:
        return
    import archive

    click.echo(f"corpus-archive {archive.__version__}")
    context.exit()


@click.group(
    NAME,
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "archive init corpus                 # adds corpus.toml and metadata.csv to fill in",
        "archive check corpus                # what packing would find, without packing",
        "archive pack corpus --to bags       # writes one bag for each access level",
        "archive validate bags/*             # checks any BagIt bag",
        "archive show bags/my-corpus-1       # what is in it",
        'archive trace bags/my-corpus-1 --quote "came early"   # from a quotation to its bytes',
    )
    + """

\b
Exit codes:
  0    no errors (warnings allowed, unless --strict)
  1    there are errors
  2    the command itself was wrong
  3    the work could not be done or the check could not be made
  130  interrupted with Ctrl-C; nothing was published
  143  told to end (SIGTERM; 129: its terminal was closed), the same""",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
def program() -> None:
    """Packs captured documents into bags whose integrity anyone can check, and checks bags.

    A corpus is a folder of documents with corpus.toml, which says what it is, and metadata.csv, with one row for
    each document. Results go to standard output, progress and messages to standard error.
    """


for _verb in (init, redact, check, pack, validate, show, trace, diff, export):
    program.add_command(_verb)


def main() -> NoReturn:
    """The entry point of the console script and of `python -m archive`."""
    from archive.cli.endings import heed_signals
    from archive.cli.foreign import complaint
    from archive.cli.streams import forgive_locale, occupy_closed, tell

    heed_signals()
    occupy_closed()
    forgive_locale()
    wrong = complaint()
    if wrong is not None:
        tell(wrong)
        sys.exit(3)
    program.main()
