"""One line a check, counted; the form every suite of this project ends with."""
import sys
import time


class Checks:
    def __init__(self):
        self.passed = self.failed = 0
        self.started = time.monotonic()

    def that(self, what, holds, detail=""):
        """Count and print one check. `detail` is shown when it fails."""
        holds = bool(holds)
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        after = f"{time.monotonic() - self.started:6.1f}s"
        tail = f"\n        {detail}" if detail and not holds else ""
        print(f"{after} {'ok  ' if holds else 'FAIL'} {what}{tail}", flush=True)
        return holds

    def equal(self, what, seen, wanted):
        return self.that(what, seen == wanted, f"seen {seen!r}, wanted {wanted!r}")

    def note(self, text):
        print(f"{time.monotonic() - self.started:6.1f}s      {text}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or not self.passed else 0)
