"""Wordings of the law that rules of several subjects cite."""

from __future__ import annotations

from levier.council.domain.parameters import CODIFIED_ON, PUBLICITY_REFORM_ON
from levier.council.domain.rules.rule import Version

CODIFICATION = Version(CODIFIED_ON, "Codification au CGCT (loi n° 96-142 du 21 février 1996)")
PUBLICITY_REFORM = Version(PUBLICITY_REFORM_ON, "Ordonnance n° 2021-1310 du 7 octobre 2021")
PUBLICITY_DECREE = Version(PUBLICITY_REFORM_ON, "Décret n° 2021-1311 du 7 octobre 2021")
