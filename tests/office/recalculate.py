"""Recalculates workbooks in LibreOffice and holds them to expected figures.

Called with the path of a JSON file: a list of jobs, each with a workbook ("file") and its "cases".
A case names values for inputs ("set": name of the input, value as text) and what must then come out:
"months" (for each alternative's sheet the totals of its months), "comparison" (rows of the first
sheet by their label). Before any change every cell must come to what the file holds for it already.
Prints a line for each figure that differs and, at the end, how much was held to what.

One office is started, and ended, for all of it. Before it judges it opens a workbook that it has
written itself; an office that cannot do that is no judge, and the exit code is then 77.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import DisposedException


def connect(soffice, profile):
    pipe = f"comanage{os.getpid()}"
    office = subprocess.Popen(
        [soffice, "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{profile}",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.1)
    office.kill()
    sys.exit("LibreOffice does not answer")


def option(name, value):
    option = PropertyValue()
    option.Name, option.Value = name, value
    return option


def cells(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return [list(row) for row in sheet.getCellRangeByPosition(
        0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).getDataArray()]


def differs(expected, found):
    """Money to less than half a cent, texts and other numbers as they are."""
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return not abs(expected - found) < 1e-6 * max(1.0, abs(expected) * 1e-6)
    return expected != found


class Book:
    def __init__(self, document, path, report):
        self.document, self.path, self.report = document, path, report
        self.sheets = {name: document.Sheets.getByName(name) for name in document.Sheets.ElementNames}
        self.ranges = {}

    def holds(self, expected, found, *where):
        self.report["held"] += 1
        if differs(expected, found):
            self.report["wrong"] += 1
            if self.report["wrong"] <= 50:
                where = [place if len(str(place)) < 200 else f"{len(place)} inputs" for place in where]
                print(self.path, *where, "expected", repr(expected), "found", repr(found))

    def recalculates(self):
        """Every cell comes to what the file holds for it."""
        before = {name: cells(sheet) for name, sheet in self.sheets.items()}
        self.document.calculateAll()
        for name, sheet in self.sheets.items():
            for row, (old, new) in enumerate(zip(before[name], cells(sheet))):
                for column, (was, is_now) in enumerate(zip(old, new)):
                    self.holds(was, is_now, name, f"row {row + 1} column {column + 1}")

    def value_cell(self, name):
        """The cell in which an input's value is written: one to the left of the cell in use."""
        if name not in self.ranges:
            cell = self.document.NamedRanges.getByName(name).getReferredCells()
            at = cell.RangeAddress
            self.ranges[name] = cell.Spreadsheet.getCellByPosition(at.StartColumn - 1, at.StartRow)
        return self.ranges[name]

    def case(self, case):
        before = {name: self.value_cell(name).Value for name in case["set"]}
        self.document.enableAutomaticCalculation(False)
        for name, value in case["set"].items():
            self.value_cell(name).Value = float(value)
        self.document.calculate()
        self.months(case)
        self.comparison(case)
        for name, value in before.items():
            self.value_cell(name).Value = value
        self.document.enableAutomaticCalculation(True)

    def months(self, case):
        for sheet, expected in case["months"].items():
            heads = self.heads(sheet)
            last = heads + len(expected) - 1
            found = self.sheets[sheet].getCellRangeByPosition(heads, 5, last, 5).getDataArray()[0]
            for month, (own, other) in enumerate(zip(expected, found)):
                self.holds(own, other, case["set"], sheet, f"month {month}")

    def heads(self, sheet):
        """The column of month 0."""
        row = self.sheets[sheet].getCellRangeByPosition(0, 4, 40, 4).getDataArray()[0]
        return row.index(0.0)

    def comparison(self, case):
        rows = {}
        for row in cells(self.sheets["Comparison"]):
            rows.setdefault(row[0], row[1:])
        for label, expected in case["comparison"].items():
            found = rows.get(label)
            self.report["held"] += 0 if found else 1
            for own, other in zip(expected, found or ["no such row"] * len(expected)):
                self.holds(own, other, case["set"], label)


class Office:
    """A LibreOffice that is started anew where it has crashed."""

    def __init__(self, soffice):
        self.soffice, self.desktop = soffice, None

    def start(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process, self.desktop = connect(self.soffice, self.profile.name)
        try:
            self.open(self.write_own()).close(True)
        except (DisposedException, Crashed) as error:
            raise Unusable from error

    def write_own(self):
        """The path of a small workbook of the office's own."""
        file = os.path.join(self.profile.name, "own.xlsx")
        document = self.patiently("private:factory/scalc")
        document.Sheets.getByIndex(0).getCellByPosition(0, 0).Formula = "=1+1"
        document.storeToURL("file://" + file, (option("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
        return file

    def open(self, file):
        return self.patiently("file://" + file)

    def patiently(self, url):
        """A document. An office that has just been started may give none for a while."""
        for _ in range(30):
            document = self.desktop.loadComponentFromURL(url, "_blank", 0, (option("Hidden", True),))
            if document is not None:
                return document
            time.sleep(1)
        raise Crashed(url)

    def stop(self):
        if self.desktop is None:
            return
        try:
            self.desktop.terminate()
        except Exception:
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.desktop = None
        self.profile.cleanup()

    def hold(self, job, report):
        """Holds a workbook to its cases."""
        if self.desktop is None:
            self.start()
        document = self.open(job["file"])
        book = Book(document, os.path.basename(job["file"]), report)
        book.recalculates()
        for case in job["cases"]:
            book.case(case)
            report["cases"] += 1
        document.close(True)


class Crashed(Exception):
    """The office gave no document."""


class Unusable(Exception):
    """The office cannot open a workbook of its own."""


# A crash of the office says nothing of a workbook; one that crashes it each time does.
TRIES = 4


def unlock(file):
    """Removes the lock that an office which crashed leaves: with it the next gives no document."""
    folder, name = os.path.split(file)
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(folder, f".~lock.{name}#"))


def hold(office, job, report):
    for left in reversed(range(TRIES)):
        before = dict(report)
        try:
            return office.hold(job, report)
        except (DisposedException, Crashed, Unusable) as error:
            print(f"LibreOffice crashed at {os.path.basename(job['file'])}: {error!r}")
            office.stop()
            unlock(job["file"])
            report.clear()
            report.update(before)
            if left == 0:
                raise


def main():
    office, jobs = Office(sys.argv[1]), json.load(open(sys.argv[2]))
    report = {"held": 0, "wrong": 0, "cases": 0}
    try:
        for job in jobs:
            hold(office, job, report)
    except Unusable:
        sys.exit(77)
    finally:
        office.stop()
    print(f"{len(jobs)} workbooks, {report['cases']} changes, {report['held']} figures held, {report['wrong']} wrong")
    sys.exit(1 if report["wrong"] else 0)


main()
