-- Full-text search in DuckDB without its extension, which would have to be downloaded: an inverted index and a macro.
--
-- A term is a word in small letters without accents. Scripts that do not part their words, and Korean, whose particles
-- hang on them, give each letter and each two letters in a row instead, and a word that is looked for must also stand in
-- the passage as it is. Passages that have all words are found, those that say the most about them first (Okapi BM25
-- with k1 = 1.2 and b = 0.75).

CREATE MACRO search_folded(words) AS
    replace(replace(lower(strip_accents(nfc_normalize(words))), 'ς', 'σ'), 'ß', 'ss');

-- Runs of such scripts (々 and ー belong to them) stand apart from the letters and digits around them.
CREATE MACRO search_words(words) AS regexp_extract_all(
    regexp_replace(
        search_folded(words),
        '([\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}々ー]+)', ' \1 ', 'g'
    ),
    '[\p{L}\p{M}\p{N}]+'
);

CREATE MACRO search_is_run(word) AS regexp_matches(
    word, '^[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}々ー]+$'
);

CREATE MACRO search_pairs(word) AS [word[place:place + 1] FOR place IN range(1, length(word))];

CREATE MACRO search_pieces(word) AS
    CASE WHEN search_is_run(word)
    THEN [word[place:place] FOR place IN range(1, length(word) + 1)] || search_pairs(word)
    ELSE [word] END;

-- A text without such a script, as most are, has nothing to take apart.
CREATE MACRO search_indexed(text) AS
    CASE WHEN regexp_matches(
        text, '[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}々ー]'
    )
    THEN flatten([search_pieces(word) FOR word IN search_words(text)])
    ELSE search_words(text) END;

-- Of a word that is looked for, letters alone only where it has but one.
CREATE MACRO search_looked_for(words) AS list_distinct(flatten([
    CASE WHEN search_is_run(word) AND length(word) > 1 THEN search_pairs(word) ELSE [word] END
    FOR word IN search_words(words)
]));

CREATE MACRO search_misses(text, word) AS search_is_run(word) AND NOT contains(search_folded(text), word);

CREATE TABLE search_passages (
    passage BIGINT PRIMARY KEY,
    bag_urn VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    passage_id VARCHAR NOT NULL,
    terms BIGINT NOT NULL
);

COMMENT ON COLUMN search_passages.passage IS 'The number of the passage in the index.';
COMMENT ON COLUMN search_passages.bag_urn IS 'The identifier of its bag.';
COMMENT ON COLUMN search_passages.document_id IS 'Its document.';
COMMENT ON COLUMN search_passages.passage_id IS 'The passage.';
COMMENT ON COLUMN search_passages.terms IS 'How many words it has.';

INSERT INTO search_passages
SELECT rowid, bag_urn, document_id, passage_id, len(search_words(text)) FROM passages ORDER BY rowid;

CREATE TABLE search_terms (term VARCHAR NOT NULL, passage BIGINT NOT NULL, occurrences BIGINT NOT NULL);

COMMENT ON COLUMN search_terms.term IS 'A word in small letters without accents, or one or two letters.';
COMMENT ON COLUMN search_terms.passage IS 'The number of a passage that has it.';
COMMENT ON COLUMN search_terms.occurrences IS 'How often it stands there.';

-- The words of each passage are counted by themselves, so that nothing but the sorting grows.
INSERT INTO search_terms
SELECT found.key, passage, found.value
FROM (
    SELECT
        passages.rowid AS passage,
        unnest(map_entries(list_histogram(search_indexed(text)))) AS found
    FROM passages
)
ORDER BY found.key, passage;

-- No common table expressions below: DuckDB 1.4 does not find them in macros that newer versions have stored.

CREATE MACRO search_weight(passages, holding) AS ln(1 + (passages - holding + 0.5) / (holding + 0.5));

CREATE MACRO search_share(occurrences, terms, average) AS
    occurrences * 2.2 / (occurrences + 1.2 * (0.25 + 0.75 * terms / greatest(average, 1)));

-- The passages themselves with a score, whether they are kept or not. What a text misses is looked for in those alone
-- that were found: a condition on both sides of a join cannot be moved below it.
CREATE MACRO search(words) AS TABLE
SELECT round(scored.total, 4) AS score, passages.*
FROM (
    SELECT
        bag_urn, document_id, passage_id,
        count(*) AS found, sum(weight * search_share(occurrences, terms, average)) AS total
    FROM (
        SELECT
            passage, occurrences,
            search_weight((SELECT count(*) FROM search_passages), count(*) OVER (PARTITION BY term)) AS weight,
            (SELECT avg(terms) FROM search_passages) AS average
        FROM search_terms WHERE term IN (SELECT unnest(search_looked_for(words)))
    ) AS held JOIN search_passages USING (passage)
    GROUP BY bag_urn, document_id, passage_id
) AS scored JOIN passages USING (bag_urn, document_id, passage_id)
WHERE scored.found = len(search_looked_for(words))
    AND len([word FOR word IN search_words(words) IF scored.found > 0 AND search_misses(passages.text, word)]) = 0
ORDER BY scored.total DESC, bag_urn, document_id, ordinal;
