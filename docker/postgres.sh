#!/bin/bash
# Gives Baton an ordinary role: row-level security does not hold a superuser, and Baton refuses to start as one.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -v password="$BATON_DB_PASSWORD" -U postgres <<'SQL'
CREATE ROLE baton LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE baton OWNER baton;
GRANT SET ON PARAMETER "baton.scope" TO baton;
\c baton
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
SQL
