"""The classifiers on a table of features: scikit-learn's and XGBoost's, standardised (trees need no such thing), chosen by a grid search of five folds."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

FOLDS = 5
TREES = ("xgboost", "gbm")


@dataclass(frozen=True)
class FittedTable:
    """The best pipeline by cross-validation, fitted on all training rows."""

    pipeline: Pipeline
    settings: dict
    crossValidated: float
    seconds: float


def classifier(name: str, seed: int):
    """An unfitted classifier; what is not searched over stands here."""
    if name == "xgboost":
        from xgboost import XGBClassifier

        return XGBClassifier(n_jobs=1, random_state=seed, subsample=0.8)
    makers = {
        "knn": lambda: KNeighborsClassifier(),
        "logreg": lambda: LogisticRegression(max_iter=2000),
        "svm": lambda: SVC(probability=True, random_state=seed),
        "gbm": lambda: GradientBoostingClassifier(random_state=seed, subsample=0.8, max_features="sqrt"),
    }
    return makers[name]()


def fit_table(x: np.ndarray, y: np.ndarray, groups: np.ndarray, setting: Callable, seed: int) -> FittedTable:
    """Grid search on rows x [n, columns]; rows of one group (artist, or each row by itself) stay in one fold."""
    # Trees don't mind the scale, and in single precision a scaled value can fall on the other side of a threshold.
    scale = [] if setting("classifier") in TREES else [("scale", StandardScaler())]
    pipeline = Pipeline([*scale, ("model", classifier(setting("classifier"), seed))])
    grid = {f"model__{name}": values for name, values in setting("grid").items()}
    folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
    began = time.process_time()
    with warnings.catch_warnings():
        # scikit-learn announces that SVC's own probabilities will go; the exported graph has them all the same.
        warnings.simplefilter("ignore", FutureWarning)
        search = GridSearchCV(pipeline, grid, cv=folds, n_jobs=1).fit(x, y, groups=groups)
    best = {name.removeprefix("model__"): value for name, value in search.best_params_.items()}
    return FittedTable(search.best_estimator_, best, float(search.best_score_), round(time.process_time() - began, 1))


def stored_numbers(onnx_bytes: bytes) -> int:
    """How many numbers an exported table classifier holds: of its initialisers and of the float and int lists of its nodes."""
    import onnx

    graph = onnx.load_model_from_string(onnx_bytes).graph
    initial = sum(int(np.prod(tensor.dims)) for tensor in graph.initializer)
    return initial + sum(len(a.floats) + len(a.ints) for node in graph.node for a in node.attribute)


def _let_skl2onnx_know_xgboost() -> None:
    """XGBoost's trees are onnxmltools' to convert."""
    from onnxmltools.convert.xgboost.operator_converters.XGBoost import convert_xgboost
    from skl2onnx import update_registered_converter
    from skl2onnx.common.shape_calculator import calculate_linear_classifier_output_shapes
    from xgboost import XGBClassifier

    options = {"nocl": [True, False], "zipmap": [True, False, "columns"]}
    update_registered_converter(XGBClassifier, "XGBoostXGBClassifier", calculate_linear_classifier_output_shapes, convert_xgboost, options=options)


def export_table(pipeline: Pipeline, columns: int) -> bytes:
    """The graph: input `features` [N, columns], outputs `label` and `probabilities` [N, classes]."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType

    if type(pipeline[-1]).__name__ == "XGBClassifier":
        _let_skl2onnx_know_xgboost()
    wanted = [("features", FloatTensorType([None, columns]))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        graph = to_onnx(pipeline, initial_types=wanted, options={"zipmap": False}, target_opset={"": 17, "ai.onnx.ml": 3})
    return graph.SerializeToString()
