"""Trains UDPipe 1 (Straka & Straková 2017) on EWT's training split, with few passes.

    python udpipe_model.py TRAIN.conllu DEV.conllu MODEL
"""

import sys

from ufal.udpipe import InputFormat, ProcessingError, Sentence, Sentences, Trainer

TOKENIZER = "dimension=24;epochs=4;batch_size=50;learning_rate=0.005;dropout=0.1;early_stopping=0;tokenize_url=1;allow_spaces=0"
# Parts of speech alone: without features and base forms it learns and runs several times as fast.
TAGGER = (
    "models=1;templates=tagger;guesser_suffix_rules=6;guesser_enrich_dictionary=4;guesser_prefixes_max=0;use_lemma=0;use_xpostag=1;use_feats=0;"
    "provide_lemma=0;provide_xpostag=1;provide_feats=0;prune_features=0;iterations=5"
)
PARSER = (
    "iterations=4;embedding_upostag=20;embedding_feats=0;embedding_xpostag=20;embedding_form=50;embedding_lemma=0;embedding_deprel=20;"
    "learning_rate=0.02;learning_rate_final=0.001;l2=0.3;hidden_layer=100;batch_size=10;transition_system=projective;transition_oracle=dynamic;"
    "structured_interval=0;use_gold_tags=0"
)


def read(path):
    """The sentences of a CoNLL-U file."""
    source, sentences, error = InputFormat.newConlluInputFormat(), Sentences(), ProcessingError()
    with open(path, encoding="utf-8") as file:
        source.setText(file.read())
    sentence = Sentence()
    while source.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = Sentence()
    if error.occurred():
        sys.exit(f"{path}: {error.message}")
    return sentences


def main(train, dev, model):
    error = ProcessingError()
    trained = Trainer.train("morphodita_parsito", read(train), read(dev), TOKENIZER, TAGGER, PARSER, error)
    if error.occurred():
        sys.exit(error.message)
    # SWIG hands the model's bytes over as a string, each byte behind a surrogate where it is no ASCII.
    data = trained if isinstance(trained, bytes) else trained.encode("utf-8", "surrogateescape")
    with open(model, "wb") as file:
        file.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
