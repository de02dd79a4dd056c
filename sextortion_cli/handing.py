"""
Hand a case over: one package that can be read without us and checked without us (decision 0022).

    1  see what of the case goes, by grade                  apportion.py
    2  make viewing copies in the limited child             viewing.py
    3  write everything under a temporary name, hashing     parcel.py, consignment.py
    4  record that it was made                              store/         -> promised
    5  give it its name                                     parcel.py

Until step 5 nothing stands under the name that was asked for, and no package gets its name without a record.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sextortion_cli import apportion
from sextortion_cli.consignment import Consignment
from sextortion_cli.errors import ReadOnlyCase, UsageProblem, WouldOverwrite
from sextortion_cli.model.session import Session
from sextortion_cli.parcel import FolderParcel, Parcel, ZipParcel
from sextortion_cli.store import case as cases
from sextortion_cli.store.fileops import private_folder
from sextortion_cli.store.space import space_needed
from sextortion_cli.viewing import viewing_copies
from sextortion_cli.words import gettext as _


def hand_over(
    path: Path, session: Session, target: Path, *, grade: str = "police-full", language: str | None = None, force: bool = False,
    dry_run: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """
    Make a package of a case at `target`: a zip when its name ends so, otherwise a folder.

    The same case, grade, language and version of the program give the same bytes. Without `language` it is the case's.

    Raises:
        UsageProblem: `target` is in the case folder or in none that is there; the grade is not made yet.
        WouldOverwrite: There is something at `target`, and it is no zip, or `force` is not given.
        ReadOnlyCase: It cannot be recorded, or nothing may be written where `target` is.
        CaseDamaged: An original is not what the log says.
    """
    zipped = target.suffix.lower() == ".zip"
    _check(path, target, grade, replace=force and zipped)
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
    notices = _notices(share)
    if dry_run:
        return {**made, "sha256": None, "notices": notices, "dry_run": True}
    with space_needed(), private_folder() as folder:
        copies = viewing_copies(case, share.given, folder)
        parcel = _parcel(target, zipped=zipped, force=force)
        try:
            package = Consignment(case, session, share, grade=grade, language=language, copies=copies)
            listed = package.write(parcel)
            digest = parcel.seal() or listed
            _record(
                path,
                session,
                {"grade": grade, "language": language, "sha256": digest, "form": "zip" if zipped else "folder"} | package.counts(),
            )
            parcel.publish()
        finally:
            parcel.abandon()
    return {**made, "sha256": digest, "notices": notices}


def _check(case: Path, target: Path, grade: str, *, replace: bool) -> None:
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
    if os.path.lexists(target) and not (replace and target.is_file()):
        raise WouldOverwrite()


def _parcel(target: Path, *, zipped: bool, force: bool) -> Parcel:
    try:
        return ZipParcel(target, force=force) if zipped else FolderParcel(target)
    except PermissionError:
        raise ReadOnlyCase() from None


def _record(path: Path, session: Session, data: dict[str, Any]) -> None:
    with cases.writing(path, session) as writer:
        writer.record("handed-over", None, data)
        writer.commit()


def _notices(share: apportion.Share) -> list[dict[str, Any]]:
    found = []
    if share.unmatched:
        what = _("No conversation was found with an account stated to be the other side's, so none was left out.")
        how = _("State the account: casefile contact add --side extorter   Then give this command again.")
        found.append({"code": "nobody-stated", "count": 1, "what": what, "how": how})
    return found
