// Package where holds what both programs must agree on.
package where

const Port = "9000"
