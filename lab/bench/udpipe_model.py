"""Trains UDPipe 1 (Straka & Straková 2017) on EWT's training split, with its published settings but fewer passes.

    python udpipe_model.py TRAIN.conllu DEV.conllu MODEL
"""

import sys

from ufal.udpipe import InputFormat, ProcessingError, Sentence, Sentences, Trainer

TOKENIZER = "dimension=24;epochs=5;batch_size=50;learning_rate=0.005;dropout=0.1;early_stopping=0;tokenize_url=1;allow_spaces=0"
TAGGER = (
    "models=1;guesser_suffix_rules=8;guesser_enrich_dictionary=6;guesser_prefixes_max=0;use_lemma=1;use_xpostag=1;use_feats=1;"
    "provide_lemma=1;provide_xpostag=1;provide_feats=1;prune_features=0;iterations=6"
)
PARSER = (
    "iterations=6;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;embedding_deprel=20;"
    "learning_rate=0.02;learning_rate_final=0.001;l2=0.3;hidden_layer=200;batch_size=10;transition_system=projective;transition_oracle=dynamic;"
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
