"""
Hand a case over: one package that can be read without us and checked without us (decision 0022).

    1  see what of the case goes, by grade                  apportion.py
    2  make viewing copies in the limited child             viewing.py
    3  write everything under a temporary name, hashing     parcel.py, enclosing.py, parting.py, consignment.py
    4  record that it was made                              store/         -> promised
    5  give it its name                                     parcel.py

Until step 5 nothing stands under the name that was asked for, and no package gets its name without a record.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sextortion_cli import apportion, reporting
from sextortion_cli.consignment import Consignment, reports, sizes
from sextortion_cli.enclosing import ENDING, AgeParcel, recipients_of
from sextortion_cli.errors import AnotherWriter, ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.model.session import Session
from sextortion_cli.parcel import FolderParcel, Parcel, ZipParcel
from sextortion_cli.parting import Part, parts, size_of, target_of
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import private_folder
from sextortion_cli.store.space import space_needed
from sextortion_cli.viewables import ViewingCopy, viewing_copies
from sextortion_cli.words import gettext as _


def hand_over(
    path: Path, session: Session, target: Path, *, grade: str = "police-full", language: str | None = None, to: Sequence[str] = (),
    max_size: str | None = None, force: bool = False, dry_run: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """
    Make a package of a case at `target`: a zip when its name ends so, otherwise a folder.

    The same case, grade, language and version of the program give the same bytes, unless it is locked. Without `language` it is the case's.

    Args:
        to: Public keys it is locked for (`enclosing.recipients_of`); then the name ends with ``.zip.age``.
        max_size: How large a part may be, like ``20MB``.

    Raises:
        UsageProblem: `target` is in the case folder or in none that is there; the grade is not made yet; a part would be too large.
        WouldOverwrite: There is something at `target`, and it is a folder, or `force` is not given.
        ReadOnlyCase: It cannot be recorded, or nothing may be written where `target` is.
        CaseDamaged: An original is not what the log says. NeedsExtra: What locks is not installed.
    """
    form = _form(target, to)
    recipients, most = recipients_of(to), size_of(max_size)
    _check_place(path, target, grade)
    if not dry_run:
        with cases.writing(path, session):  # what a crash left is put in order first, and a case that cannot record this is found out
            pass
    case = cases.open_case(path)
    share = apportion.share(case, grade)
    language = language or case.book.settings.get("language") or "en"
    made = {
        "path": str(target),
        "grade": grade,
        "originals": len(share.given),
        "withheld": len(share.withheld),
        "fingerprint": case.fingerprint(),
    }
    made |= {"notices": _notices(share), "locked": bool(recipients)}
    with space_needed(), private_folder() as folder:
        copies = viewing_copies(case, share.given, folder)
        planned = _planned(case, session, share, copies, language, most)
        targets = [target_of(target, part) for part in planned]
        for place in targets:
            _check_free(place, replace=force and form != "folder")
        if dry_run:
            return {**made, "sha256": None, "paths": [str(place) for place in targets], "dry_run": True}
        parcels: list[Parcel] = []
        digests = []
        try:
            for part, place in zip(planned, targets, strict=True):
                parcels.append(_parcel(place, form, recipients, folder, force=force))
                package = Consignment(case, session, part, withheld=share.withheld, grade=grade, language=language, copies=copies)
                listed = package.write(parcels[-1])
                digests.append(parcels[-1].seal() or listed)
            _record(path, session, case.fingerprint(), {
                "grade": grade, "language": language, "form": form, "sha256": digests, "to": list(recipients),
                "originals": len(share.given), "withheld": len(share.withheld),
            })  # fmt: skip
            for parcel in parcels:
                parcel.publish()
        finally:
            for parcel in parcels:
                parcel.abandon()
    made |= {"path": str(targets[0]), "sha256": digests[0]}
    return {
        **made,
        "paths": [str(place) for place in targets],
        "parts": [{"path": str(place), "sha256": digest} for place, digest in zip(targets, digests, strict=True)],
    }


def _form(target: Path, to: Sequence[str]) -> str:
    name = target.name.lower()
    if bool(to) != name.endswith(ENDING):
        message = (
            _("With --to the name has to end with .zip.age")
            if to
            else _("A name that ends with .zip.age needs --to: the key it is locked for.")
        )
        raise UsageProblem(message=message)
    return "zip.age" if to else "zip" if name.endswith(".zip") else "folder"


def _planned(
    case: cases.Case, session: Session, share: apportion.Share, copies: Mapping[str, ViewingCopy], language: str, most: int | None
) -> tuple[Part, ...]:
    """Return the parts. What the reports take is found out by making them: only then is it known."""
    if most is None:
        return parts(share, {}, None, 0, 0)
    first = sum(len(piece) for form in reporting.FORMATS for piece in reports(case, session, form, language, frozenset(share.withheld)))
    return parts(share, sizes(case, share.given, copies), most - most // 100, case.log.bytes_valid, first)


def _check_place(case: Path, target: Path, grade: str) -> None:
    if grade in apportion.LATER:
        raise UsageProblem(message=_("This grade is not available yet. There are: {grades}").format(grades=", ".join(apportion.GRADES)))
    folder, home = Path(os.path.realpath(target.parent)), Path(os.path.realpath(case))
    if home == folder or home in folder.parents:
        raise UsageProblem(
            message=_("That is inside the case folder, where only evidence belongs. Choose a place beside it, like ../{name}").format(
                name=target.name
            )
        )
    if not folder.is_dir():
        raise UsageProblem(message=_("The folder for that file is not there."))


def _check_free(target: Path, *, replace: bool) -> None:
    if os.path.lexists(target) and not (replace and target.is_file()):
        raise WouldOverwrite()


def _parcel(target: Path, form: str, recipients: Sequence[str], folder: Path, *, force: bool) -> Parcel:
    try:
        if form == "zip.age":
            return AgeParcel(target, recipients, folder, force=force)
        return ZipParcel(target, force=force) if form == "zip" else FolderParcel(target)
    except PermissionError:
        raise ReadOnlyCase() from None


def _record(path: Path, session: Session, fingerprint: str, data: dict[str, Any]) -> None:
    """
    Record the handover.

    Raises:
        AnotherWriter: The case says something else than when the package was begun: what was labelled or destroyed since may be in it.
    """
    with cases.writing(path, session) as writer:
        if writer.case.fingerprint() != fingerprint:
            raise AnotherWriter()
        writer.record("handed-over", None, data)
        writer.commit()


def _notices(share: apportion.Share) -> list[dict[str, Any]]:
    found = []
    if share.unmatched:
        what = _("No conversation was found with an account stated to be the other side's, so none was left out.")
        how = _("State the account: casefile contact add --side extorter   Then give this command again.")
        found.append({"code": "nobody-stated", "count": 1, "what": what, "how": how})
    return found
