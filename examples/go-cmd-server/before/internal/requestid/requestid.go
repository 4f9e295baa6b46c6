// Package requestid gives each request a name.
package requestid

import (
	"net/http"

	"github.com/google/uuid"
)

func Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", uuid.NewString())
		next.ServeHTTP(w, r)
	})
}
