from __future__ import annotations

import pytest

from archive.normalise.datelines import Dateline, read_dateline
from archive.normalise.dates import find_date, find_month


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("Tuesday, October 9, 2012", "2012-10-09"),
        ("Feb 11, 2019 | Letters", "2019-02-11"),
        ("14 Mayıs 2013 Salı 09:25", "2013-05-14"),
        ("14 Mayıs Salı 2013", "2013-05-14"),
        ("5 HAZİRAN 2012", "2012-06-05"),
        ("12 KASIM 2012, PAZARTESİ", "2012-11-12"),
        ("March 9 (Fri) 2012", "2012-03-09"),
        ("March 9, Friday, 2012", "2012-03-09"),
        ("2012. március 9., péntek 10:40", "2012-03-09"),
        ("Pátek 9. března 2012", "2012-03-09"),
        ("9 martie 2012, vineri", "2012-03-09"),
        ("Παρασκευή 9 Μαρτίου 2012", "2012-03-09"),
        ("Perjantai 9.3.2012", "2012-03-09"),
        ("Jumat, 9 Maret 2012 10:40 WIB", "2012-03-09"),
        ("9 mars 2012 fredag", "2012-03-09"),
        ("9 listopada 2012", "2012-11-09"),
        ("9. listopada 2012.", "2012-10-09"),
        ("Published: 3 May 2011 by X", "2011-05-03"),
        ("Erscheinungsdatum 3. Mai 2011", "2011-05-03"),
        ("Publicerad: 3 maj 2011 10:20", "2011-05-03"),
        ("Yayın tarihi: 3 Mayıs 2011", "2011-05-03"),
        ("Publikováno 3. května 2011", "2011-05-03"),
        ("פורסם: 3 במאי 2011", "2011-05-03"),
        ("Δημοσίευση: 3 Μαΐου 2011", "2011-05-03"),
        ("Posted on August 3rd, 2011 at 5:00 PM", "2011-08-03"),
        ("Oslo, Dec. 4, 2012", "2012-12-04"),
        ("기사입력 2013.08.19 10:22", "2013-08-19"),
        ("2013년 8월 19일 (월) 오전 10시 22분", "2013-08-19"),
        ("2013-08-19 (월)", "2013-08-19"),
        ("2011年5月3日 10:20", "2011-05-03"),
        ("2016年11月20日 14時05分", "2016-11-20"),
        ("Veröffentlicht am 3. Mai 2011 um 10:20 Uhr", "2011-05-03"),
        ("24.04.2015, 17:32 Uhr", "2015-04-24"),
        ("Publié le 14 octobre 2010 à 06h00", "2010-10-14"),
        ("miércoles, 3 de mayo de 2011", "2011-05-03"),
        ("2 luglio 2018", "2018-07-02"),
        ("15 de agosto de 2020 às 09:30", "2020-08-15"),
        ("7 апреля 2012", "2012-04-07"),
        ("Published 3 May 2011, updated 9 May 2012", "2011-05-03"),
        ("August 2013", "2013-08"),
        ("2013年8月", "2013-08"),
        ("13/5/2011", "2011-05-13"),
        ("5/13/2011", "2011-05-13"),
        ("5/5/2011", "2011-05-05"),
    ],
)
def test_lines_that_state_a_date(line: str, edtf: str) -> None:
    found = read_dateline(line)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "line",
    [
        "03/05/2011",
        "Updated: May 3, 2011",
        "Zuletzt geändert am 3. Mai 2011",
        "A meeting on the river: March 8th 2019.",
        "In this June 2, 2010 file photo, men mend nets by the lake while the engineers look on",
        "In May 2011 he went home",
        "yesterday",
        "May 3",
        "31 February 2011",
        "2011-13-01",
        "13 2011",
        "44/55/2011",
        "30/30/2011",
        "word " * 50 + "3 May 2011",
        "Published by people who had nothing else whatever to do on that long day, 3 May 2011, in the hall",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert read_dateline(line) is None


def test_order_of_day_and_month_where_it_is_known() -> None:
    assert read_dateline("03/05/2011", day_first=True) == Dateline("2011-05-03", 2)
    assert read_dateline("03/05/2011", day_first=False) == Dateline("2011-03-05", 2)


def test_the_first_date_of_a_line_is_found_with_its_place() -> None:
    line = "from 3 May 2011 to 2011-06-04"
    found = find_date(line)
    assert found is not None
    assert line[found.start : found.end] == "3 May 2011"
    assert find_date("no date") is None
    assert find_month("no month") is None
    assert find_month("2013년 14월") is None


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("31 de marzo de 201619:44", "2016-03-31"),
        ("2019-09-3007:42", "2019-09-30"),
        ("Mar 3, 202110:22 am", "2021-03-03"),
        ("30.09.20197:42 Uhr", "2019-09-30"),
        ("2019-09-300", None),
        ("31 de marzo de 20161", None),
    ],
)
def test_a_time_may_stand_right_after_a_date(line: str, edtf: str | None) -> None:
    found = find_date(line, day_first=True)
    assert (found.edtf if found else None) == edtf
