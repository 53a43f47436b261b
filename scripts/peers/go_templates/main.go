// Renders templates with Go's own text/template, to hold pipeline's renderer against it.
//
//	scripts/peers/go_templates.sh
//
// Reads from standard input what dev.pipeline.release.GoTemplateCases prints and writes the fixture. The functions and the
// option are those that Ollama sets; messages are structs, so that a field that there is not is an error.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"runtime"
	"sort"
	"strings"
	"text/template"
)

type message struct {
	Role     string   `json:"role"`
	Content  string   `json:"content"`
	Thinking string   `json:"-"`
	Images   []string `json:"-"`
	ToolName string   `json:"-"`
}

type input struct {
	Templates     map[string]string `json:"templates"`
	Messages      []*message        `json:"messages"`
	Models        map[string]string `json:"models"`
	Conversations [][]*message      `json:"conversations"`
}

type rendered struct {
	Name     string `json:"name"`
	Template string `json:"template"`
	Output   string `json:"output,omitempty"`
	Error    string `json:"error,omitempty"`
}

type model struct {
	Name     string   `json:"name"`
	Template string   `json:"template"`
	Sha256   []string `json:"sha256"`
}

var functions = template.FuncMap{
	"json": func(value any) string {
		text, _ := json.Marshal(value)
		return string(text)
	},
}

func render(source string, data map[string]any) (string, error) {
	parsed, err := template.New("").Option("missingkey=zero").Funcs(functions).Parse(source)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, data)
	return out.String(), err
}

func data(messages []*message) map[string]any {
	var system []string
	for _, m := range messages {
		if m.Role == "system" {
			system = append(system, m.Content)
		}
	}
	return map[string]any{
		"System": strings.Join(system, "\n\n"), "Messages": messages, "Response": "", "Prompt": "the prompt",
		"T": true, "N": 3, "Zero": 0, "Empty": "", "List": []string{"a", "b", "c"}, "None": []string{},
		"Map": map[string]any{"k": "v", "a": "b"},
	}
}

func sorted(of map[string]string) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		panic(err)
	}
	cases := []rendered{}
	for _, name := range sorted(in.Templates) {
		one := rendered{Name: name, Template: in.Templates[name]}
		output, err := render(one.Template, data(in.Messages))
		if err != nil {
			one.Error = err.Error()
		} else {
			one.Output = output
		}
		cases = append(cases, one)
	}
	models := []model{}
	for _, name := range sorted(in.Models) {
		one := model{Name: name, Template: in.Models[name]}
		for _, conversation := range in.Conversations {
			output, err := render(one.Template, data(conversation))
			if err != nil {
				panic(err)
			}
			digest := sha256.Sum256([]byte(output))
			one.Sha256 = append(one.Sha256, hex.EncodeToString(digest[:]))
		}
		models = append(models, one)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(map[string]any{"go": runtime.Version(), "cases": cases, "models": models}); err != nil {
		panic(err)
	}
}
