/**
 * Cosine of two embeddings of the base model from which tracks are offered one decision. Of the pairs of clips by different
 * artists that reach it, 92 % have a genre in common: 3,566 of 3,877 among 719 clips of the 4Q set (Panda et al. 2018, AllMusic's
 * genres, 28 % of any pair), 352 of 381 among 310 of Emotify (Aljanaki et al. 2015, four genres, 25 % of any pair). From 0.9 it is
 * 81 and 82 %. One in twelve is still wrong, which is why nothing is decided that was not shown.
 */
export const SAME_SOUND = 0.95;
