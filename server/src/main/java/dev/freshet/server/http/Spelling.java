package dev.freshet.server.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. Pure. */
public final class Spelling {
    private Spelling() {}

    /**
     * Finds the word that is written most like another one.
     *
     * @param word what somebody wrote
     * @param words what they may have meant
     * @param maxChanges how many characters they may have added, left out or mistaken
     * @return the nearest word; empty if none is so near
     */
    public static Optional<String> nearest(String word, Collection<String> words, int maxChanges) {
        return words.stream()
                .min(Comparator.comparingInt(one -> distance(word, one)))
                .filter(one -> distance(word, one) <= maxChanges);
    }

    /** The number of characters to add, remove or change (Levenshtein), by rows of the usual table. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            before = nextRow(before, i, a.charAt(i - 1), b);
        }
        return before[b.length()];
    }

    private static int[] nextRow(int[] before, int first, char c, String b) {
        int[] row = new int[b.length() + 1];
        row[0] = first;
        for (int j = 1; j <= b.length(); j++) {
            int change = before[j - 1] + (c == b.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
        }
        return row;
    }
}
