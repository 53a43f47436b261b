"""What Jinja, set up as transformers sets it up for chat templates, makes of templates; the golden fixture of JinjaTemplateTest.

    python scripts/peers/jinja.py pipeline/src/test/resources/golden/jinja.json
"""

import json
import sys
from pathlib import Path

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

VALUES = {
    "messages": [
        {"role": "system", "content": " Be brief.\n"},
        {"role": "user", "content": "Größe 👍🏽 \"q\" 'a' \\n <b> & \u001b[0m\t{{ 7 }}"},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nFine, EUR 3. "},
    ],
    "text": "one two  three",
    "word": "naïve",
    "numbers": [3, 1, 2],
    "real": 2.5,
    "empty": "",
    "map": {"b": 1, "a": [True, None, 1.0, "x\u007f\u0001"], "c": {"d": "e"}},
    "yes": True,
    "none": None,
}

TEMPLATES = r"""
  {%- if messages %}
    {{- 'a' }}
      {{ 'b' -}}
  {% endif %}
 tail
---
mid {% if yes %} line {% endif %} rest
    {% if yes %}
    own line
    {% endif %}
end
---
a {#- note -#} b {# note #}
 {# alone #}
c
---
x{%+ if yes %} y {%- endif +%}
z{% raw %} {{ not }} {% for %} {%- endraw %} .
---
{% for m in messages %}{{ loop.index }}/{{ loop.length }}{{ loop.first }}{{ loop.last }}{{ loop.revindex0 }}:{{ m.role }}{{ m['content']|trim }}
{% else %}none{% endfor %}
---
{% for m in messages if m.role != 'user' %}{{ loop.index0 }}{{ m.role }}{{ loop.previtem.role if loop.previtem is defined }} {% endfor %}
---
{% for n in [] %}x{% else %}nothing{% endfor %}{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}
---
{% for n in range(10) %}{% if n == 2 %}{% continue %}{% endif %}{% if n > 4 %}{% break %}{% endif %}{{ n }}{% endfor %}
---
{% set x = 1 %}{% for n in numbers %}{% set x = x + n %}{{ x }}{% endfor %}{{ x }}
---
{% set ns = namespace(found=false, last=messages|length - 1) %}{% for n in numbers %}{% set ns.last = ns.last + n %}{% endfor %}{{ ns.last }}{{ ns.found }}
---
{% set block %}  inner {{ word }} {% endset %}[{{ block }}]{% set up | upper | trim %} shout {% endset %}[{{ up }}]
---
{% macro greet(name, mark='!') %}Hi {{ name }}{{ mark }}{% endmacro %}{{ greet('A') }}{{ greet('B', mark='?') }}{{ greet(name=word) }}
---
{{ messages[::-1][0].role }}{{ messages[1:]|length }}{{ messages[-1].role }}{{ word[1:3] }}{{ word[::-1] }}{{ word[-2] }}{{ text[:3] }}
---
{{ messages[2].content.split('</think>')[-1].lstrip('\n') }}|{{ messages[2]['content'].split('</think>')[0].rstrip('\n').split('<think>')[-1].strip() }}
---
{{ text.split() }}{{ text.split(' ') }}{{ text.split(' ', 1) }}{{ text.startswith('one') }}{{ text.endswith(('x', 'three')) }}{{ text.replace('o', '0') }}{{ text.find('t') }}{{ text.count('o') }}
---
{{ text.title() }}{{ text.upper() }}{{ 'ABC'.lower() }}{{ 'hELLO wORLD'|capitalize }}{{ 'it is'|title }}{{ '-'.join(['a', 'b']) }}
---
{{ messages|tojson }}
{{ map|tojson(indent=2) }}
{{ [1, 2.0, 1e20, 1e-7, 0.1, true, none, 'é\n\t"\\/'] | tojson }}
---
{{ map }}{{ ['it\'s', "say \"x\"", 'both\'"', 'tab\t'] }}{{ numbers }}{{ none }}{{ yes }}{{ real }}
---
{{ 7 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 2 + 3 * 4 }} {{ (2 + 3) * 4 }} {{ 1.5 + 1 }} {{ 6 / 3 }} {{ 'ab' * 2 }} {{ -1 | abs }}
---
{{ 'a' ~ 1 ~ none ~ missing }}{{ 'a' 'b' }}{{ 1 if no }}{{ 1 if yes else 2 }}{{ not yes }}{{ yes and 0 or 'z' }}
---
{{ 1 < 2 < 3 }}{{ 1 == 1.0 }}{{ 'a' < 'b' }}{{ 'a' in 'abc' }}{{ 'q' not in text }}{{ 2 in numbers }}{{ 'a' in map }}{{ true == 1 }}{{ [1, 2] == [1, 2] }}
---
{{ missing is defined }}{{ yes is defined and yes }}{{ none is none }}{{ text is string }}{{ map is mapping }}{{ numbers is iterable }}{{ text is iterable }}{{ 3 is odd }}{{ 4 is divisibleby 2 }}{{ 'a' is in 'abc' }}{{ missing is undefined }}{{ 1 is number }}{{ 1.0 is float }}{{ yes is boolean }}{{ yes is not string }}{{ 2 is eq 2 }}
---
{{ messages | map(attribute='role') | join(', ') }}{{ messages | selectattr('role', 'equalto', 'user') | list | length }}{{ messages | rejectattr('tool_calls') | list | length }}{{ messages | selectattr('tool_calls', 'undefined') | list | length }}{{ numbers | select('odd') | list }}{{ ['a', 'b'] | map('upper') | list }}
---
{{ numbers | sort }}{{ numbers | sort(reverse=true) }}{{ numbers | max }}{{ numbers | min }}{{ numbers | sum }}{{ numbers | first }}{{ numbers | last }}{{ [1, 1, 2] | unique | list }}{{ numbers | reverse | list }}{{ (map | dictsort | first)[0] }}{{ map | items | list | length }}{{ map | length }}
---
{{ missing | default('d') }}{{ empty | default('d') }}{{ empty | default('d', true) }}{{ '3' | int + 1 }}{{ 'x' | int }}{{ '2.5' | float }}{{ 2.567 | round(1) }}{{ 2.5 | round }}{{ 3 | string ~ 'x' }}{{ '  t ' | trim }}{{ 'xxaxx' | trim('x') }}{{ 'a,b' | replace(',', ';') }}{{ 'one two' | wordcount }}
---
{{ 'a\nb\n\nc' | indent(2) }}|{{ 'a\nb' | indent(2, true) }}|{{ '\x41\u00e9\101\q' }}|{{ "it's" }}|{{ {'a': {'b': 1}}.a.b }}|{{ {'k': 'v'}['k'] }}|{{ (1, 2)[1] }}|{{ [1, 2, ] }}
---
{{ map.get('zz') }}{{ map.get('zz', 5) }}{{ map.keys() | list }}{{ map['zz'] is defined }}{{ map.c.d }}{{ map['c']['d'] }}{{ messages[0]['name'] }}{{ messages[9] is defined }}{{ loop is defined }}
---
{%- set a, b = 1, 2 -%}
{%- if a == 1 and not b == 1 -%} {{- a }}{{ b -}} {%- elif a -%} no {%- else -%} never {%- endif -%}
---
{% generation %}answer{% endgeneration %}{{ messages[1]['content'] }}{{ messages[1].content | length }}
---
{{ messages.role }}{{ messages[0].missing.deeper }}
---
{{ 1 + missing }}
---
{{ 'a' + 1 }}
---
{{ raise_exception('no ' + word) }}
---
{% if yes %}never closed
---
{{ text | nofilter }}
---
{{ text is notest }}
---
{{ (1 }}
---
{{ 'open }}
---
{% endif %}
---
{{ text.nothing() }}
---
{{ 1 // 0 }}
"""


def environment():
    class Generation(jinja2.ext.Extension):
        tags = {"generation"}

        def parse(self, parser):
            next(parser.stream)
            return parser.parse_statements(["name:endgeneration"], drop_needle=True)

    jinja = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    jinja.filters["tojson"] = lambda value, indent=None: json.dumps(value, ensure_ascii=False, indent=indent)
    jinja.globals["raise_exception"] = refuse
    return jinja


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def main(target):
    jinja = environment()
    cases = []
    for template in TEMPLATES.removeprefix("\n").split("\n---\n"):
        try:
            text = jinja.from_string(template).render(**VALUES)
        except (jinja2.exceptions.TemplateError, TypeError, ZeroDivisionError):
            text = None
        cases.append({"template": template, "text": text})
    Path(target).write_text(json.dumps({"values": VALUES, "cases": cases}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
