package dev.freshet.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. Pure. */
final class Spelling {
    private Spelling() {}

    static Optional<String> nearest(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(one -> distance(word, one)))
                .filter(one -> distance(word, one) <= Math.max(2, word.length() / 3));
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
