#!/usr/bin/env python3
"""Fit the matcher's constants on labelled questions.

usage: fit.py DATA...      each DATA the output of faq_features for one FAQ

First the weights of match_rank.c: the entry that is meant should stand in front (softmax
over the entries). Then those of match_signs.c: is the one in front meant? (logistic
regression, all files weighing the same). Prints both as C. Needs numpy and scipy.
"""
import sys

import numpy as np
from scipy.optimize import minimize

RANK = ["COVER", "LIKENESS", "CONTAIN", "PULL"]


def load(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        part = line.rstrip("\n").split("\t")
        if part[0] == "Q":
            rows.append({"expected": part[1], "kind": part[2], "forbidden": part[3] == "1",
                         "question": part[4], "ids": [], "fits": [], "signs": None})
        elif part[0] == "E":
            rows[-1]["ids"].append(part[1])
            rows[-1]["fits"].append([float(x) for x in part[2:]])
        elif part[0] == "S":
            rows[-1]["signs"] = [float(x) for x in part[1:]]
    return rows


def fit_rank(rows, decay=5e-4):
    data = [(np.array(r["fits"]), r["ids"].index(r["expected"]))
            for r in rows if r["expected"] in r["ids"]]

    def loss(weights):
        total, slope = 0.0, np.zeros_like(weights)
        for fits, meant in data:
            sums = fits @ weights
            chance = np.exp(sums - sums.max())
            chance /= chance.sum()
            total -= np.log(chance[meant])
            slope -= fits[meant] - chance @ fits
        return (total / len(data) + decay * weights @ weights,
                slope / len(data) + 2 * decay * weights)

    return minimize(loss, np.ones(len(RANK)), jac=True, method="L-BFGS-B").x


def sign_data(files):
    signs, right, share = [], [], []
    for rows in files:
        rows = [r for r in rows if r["signs"] and not r["forbidden"] and r["kind"] != "ambient"]
        for r in rows:
            signs.append(r["signs"])
            right.append(float(r["ids"][0] == r["expected"]))
            share.append(1 / len(rows))
    return np.array(signs), np.array(right), np.array(share) / len(files)


def fit_signs(files, decay=7e-4):
    signs, right, share = sign_data(files)

    def loss(weights):
        z = signs @ weights
        kept = weights.copy()
        kept[0] = 0
        slope = signs.T @ (share * (1 / (1 + np.exp(-z)) - right)) + 2 * decay * kept
        return (share * (np.logaddexp(0, z) - right * z)).sum() + decay * kept @ kept, slope

    return minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B").x


def print_thresholds(rows, weights):
    asked = [r for r in rows if r["kind"] != "ambient"]
    within = sum(r["expected"] != "NONE" for r in asked)
    beside = sum(r["kind"] == "oos" for r in asked)
    for least in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75):
        said = [r for r in asked if r["signs"] and not r["forbidden"] and
                1 / (1 + np.exp(-np.dot(r["signs"], weights))) >= least]
        right = sum(r["ids"][0] == r["expected"] for r in said)
        wrong = sum(r["expected"] != "NONE" for r in said) - right
        amiss = sum(r["kind"] == "oos" for r in said)
        print("  from %.2f: right %.1f %%, wrong %.1f %%, beside the point %.1f %%" %
              (least, 100 * right / within, 100 * wrong / within, 100 * amiss / max(1, beside)))


def main():
    files = [load(path) for path in sys.argv[1:]]
    for name, weight in zip(RANK, fit_rank([r for rows in files for r in rows])):
        print("#define %s_WEIGHT %.2ff" % (name, weight))
    weights = fit_signs(files)
    print("signs: " + ", ".join("%.2ff" % w for w in weights))
    for path, rows in zip(sys.argv[1:], files):
        first = sum(r["ids"][:1] == [r["expected"]] for r in rows)
        print("%s: first %.1f %%" % (path, 100 * first /
                                     sum(r["expected"] != "NONE" for r in rows)))
        print_thresholds(rows, weights)


main()
