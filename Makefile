# Germoir : deux commandes suffisent, `make demo` et `make test`. Tout se relance sans risque.
PORT ?= 8123
SIMULATION ?= 1
NEUVE ?= 0

.PHONY: help demo test bench lint format messages verrou avis

help: ## Cette aide
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  make demo PORT=9000         autre port que 8123"
	@echo "  make demo SIMULATION=0      sans participants simulés"
	@echo "  make demo NEUVE=1           efface la démonstration et la refait"

demo: ## Installe, remplit une démonstration et l’ouvre sur http://127.0.0.1:8123
	@.ci/preparer
	@exec env PORT=$(PORT) SIMULATION=$(SIMULATION) NEUVE=$(NEUVE) .ci/demo

test: ## Installe, vérifie le code et joue tous les essais
	@.ci/preparer
	@.ci/systeme chromium-headless-shell chromium redis-server postgresql gettext
	@.ci/base & .ci/lint && wait
	@.ci/essais $(ARGS)

lint: ## Vérifie seulement le code, les gabarits et les migrations
	@.ci/preparer
	@.ci/lint

format: ## Met en forme le code, les scripts et les gabarits
	@.ci/preparer
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@[ ! -x .venv/bin/biome ] || .venv/bin/biome format --write
	@git ls-files -z -- '*.html' | xargs -0 .venv/bin/djade --target-version 5.2 || true

messages: ## Relève les phrases à traduire et compile les catalogues
	@.ci/preparer
	@.ci/systeme gettext
	@.ci/messages

bench: ## Mesure la charge : 1 000 téléphones, votes, diffusion
	@.ci/preparer
	@.ci/mesures $(ARGS)

verrou: ## Refait les fichiers de verrou d’après pyproject.toml (ARGS=--upgrade : prend les versions nouvelles)
	@.ci/preparer
	@.ci/verrou $(ARGS)

avis: ## Dit quelles bibliothèques ont un avis de sécurité connu
	@.ci/preparer
	@.ci/avis
