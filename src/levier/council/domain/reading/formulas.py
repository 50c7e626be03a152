"""The formulas of attendance: who gives a procuration to whom, who is a substitute."""

from __future__ import annotations

import re

_E = r"(?:e|ee|es|ees|e\(e\)|e\(s\)|e\(es\)|e\(e\)s|e·e|e\.e)"
_POWER = (
    r"(?:pouvoirs?|procurations?|mandats?|procuration et pouvoir|procur\b|proc\b|pouv\b|pvr\b"
    r"|delegation de vote)"
)
_FAVOUR = r"(?:en\s+faveur|au\s+(?:profit|benefice))\s+(?:de\b|d')"
_ARROW = r"(?:->|=>|→|⇒|➔|➜|>|:)"
# "donne procuration à", "ayant donné pouvoir à", "pouvoir donné à", "procuration à", "pouvoir : "
GIVES = re.compile(
    r"(?:\bqui\s+|\bet\s+|\bavec\s+|\blequel\s+|\blaquelle\s+)?(?:\b(?:a|ont|avait|avaient"
    r"|ayants?|ayant)\s+)?"
    rf"(?:\b(?:donn(?:{_E}|ent|ant|e)?|remis|confie|laisse|transmis|accorde|fait)\s+)?"
    rf"(?:\b(?:son|sa|un|une|leurs?|le|la|l'|bon)\s+)?\b{_POWER}\.?"
    rf"(?:\s+(?:ecrite?s?|de\s+vote(?:r)?(?:\s+en\s+(?:son|leur)\s+nom)?|donn{_E}|etablie?s?"
    r"|respectivement|au\s+nom))*"
    rf"(?:\s*{_ARROW}\s*(?:a\s+)?|\s*(?:,\s*)?\b(?:a|aux?|pour|par|{_FAVOUR})\s+(?=\S)|\s+(?=(?:mme"
    r"|monsieur|madame|mlle|mr?)\b))"
    rf"|(?:\b(?:est|sont|etait|etaient)\s+)?\brepresent{_E}?\s*(?:\(e?s?\))?\s*(?:par|{_ARROW})\s*"
    rf"|\bdonn(?:{_E}|ent|ant)\s+a\s+|\bmandataire\s*:\s*"
)
# "(pouvoir Jean DUPONT)"
POWER_THEN_NAME = re.compile(rf"^{_POWER}\.?\s+(?=[a-z])")
# "a reçu pouvoir de", "(pouvoir de …)", "mandataire de", "porteur d'un pouvoir de"
RECEIVES = re.compile(
    rf"(?:\b(?:a|ayant|avec|qui a|detient|porteuse?\s+d[eu']?|titulaire\s+d[eu']?)\s+)?(?:recu\s+)?"
    rf"(?:(?:le|la|un|une|d'un|d'une|du)\s+)?\b{_POWER}\.?\s+(?:de\s+vote\s+)?(?:de\b"
    r"|d')\s*(?=\S)(?!vote)"
    r"|\b(?:mandataire|representante?)\s+(?:de\b|d')\s*|\brepresentant\s+(?=(?:mme|monsieur"
    r"|madame|m\b))"
)
NO_POWER = re.compile(
    rf"\b(?:sans|pas\s+de|aucun|n'a\s+pas|n'ayant\s+pas)\b[^()]{{0,30}}{_POWER}[^()]*"
)
PLURAL_GIVERS = re.compile(r"\b(?:donnent|ont\s+donne|ayants?\s+donne|avaient\s+donne)\b")
BARE_TO = re.compile(rf"\s+(?:a|par|{_FAVOUR})\s+|\s*(?:->|=>|→|⇒|➔|➜|>)\s*(?:a\s+)?")
BARE_COLON = re.compile(r"\s*:\s*(?:a\s+)?")
THE_CHAIR = re.compile(
    r"(?:(?:monsieur|madame|m|mme|mr)\.?\s+)?(?:le|la)\s+(?:maire|president|presidente"
    r"|mairesse)(?![a-z])"
    r"|(?:monsieur|madame|m|mme|mr)\.?\s+(?:maire|president|presidente)(?![a-z])"
)
MARK = re.compile(
    r"\(\s*(?:(?:pr|pouv|proc|p|procuration|pouvoir)\.?\s*(?P<mark>\*+|\d{1,2}|[a-h])"
    r"|(?P<stars>\*+)|(?P<note>\d{1,2}))\s*\)"
    r"|(?P<bare>\*+)(?=\s*$)"
)
SUBSTITUTE = re.compile(
    r"\b(?:supple{1,2}ante?s?\s+(?:de\b|d')|supple{1,2}e?e?\s+par|remplac\w+"
    r"|en\s+remplacement)[^()]*"
)
STATUS_ABSENT = re.compile(
    r"^\s*(?:est\s+)?(?:absente?|excusee?|absente?\s+excusee?|non\s+excusee?)\b"
)
