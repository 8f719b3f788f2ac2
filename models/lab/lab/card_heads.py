"""The card's section on wide genres, valence and arousal, and content, from heads.json."""

from __future__ import annotations

from .head_figures import HeadFigures
from .heads import CONTENT


def _rank(found: dict | None) -> str:
    return f"{found['ap']:.2f} / {found['auroc']:.2f} ({found['clips']} of {found['of']})" if found else "too few"


def heads_section(figures: HeadFigures) -> str:
    """Tables of the three heads; every clip is judged by heads fitted without its artist (or voice, or package)."""
    rows = [
        f"| {genre} | {row['threshold']:.2f} | {_rank(row['labels'])} | {_rank(row['evidence'])} | {row['precision']:.2f} / {row['recall']:.2f} |"
        for genre, row in figures["wide"].items()
    ]
    affect = [
        f"| {name} | {row['clips']} | {row['pearson']:.2f} | {row['signAccuracy']:.2f} | {row['rmse']:.2f} |"
        for name, row in figures["affect"].items()
    ]
    confusion = [f"| {label} | " + " | ".join(map(str, row)) + " |" for label, row in zip(CONTENT, figures["content"]["confusion"], strict=True)]
    return "\n".join(
        [
            "### Wide genres\n",
            "Average precision / AUROC with the number of clips that have the genre, against the collections' own labels (4Q's AllMusic genres, which are",
            "given per artist and noisy; Emotify; GTZAN) and against labels and teachers together; precision / recall at the threshold, cross-fitted in halves.\n",
            "| genre | threshold | by labels | by labels and teachers | precision / recall |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "\n### Valence and arousal\n",
            "Against the quadrant's corner softened by the mood teacher, on 4Q's held-out clips; sign: the right half of the axis.\n",
            "| axis | clips | Pearson r | sign right | RMSE |",
            "| --- | --- | --- | --- | --- |",
            *affect,
            "\n### Content\n",
            f"{100 * figures['content']['accuracy']:.1f} % of held-out clips right (unheard voices, packages and artists):\n",
            "| true \\ said | " + " | ".join(CONTENT) + " |",
            "| --- | --- | --- | --- |",
            *confusion,
            "",
        ]
    )
