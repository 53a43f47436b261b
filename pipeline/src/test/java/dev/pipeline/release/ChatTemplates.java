package dev.pipeline.release;

import dev.pipeline.chat.ChatTemplate;
import java.util.List;

/** Chat templates in the shapes that models come with. */
final class ChatTemplates {
  static final List<String> CONTROL_TOKENS =
      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im_sep|>");

  /** Phi-4's, as in its tokenizer_config.json. */
  static final String PHI4 =
      "{% for message in messages %}"
          + "{% if (message['role'] == 'system') %}"
          + "{{'<|im_start|>system<|im_sep|>' + message['content'] + '<|im_end|>'}}"
          + "{% elif (message['role'] == 'user') %}"
          + "{{'<|im_start|>user<|im_sep|>' + message['content'] + '<|im_end|>'}}"
          + "{% elif (message['role'] == 'assistant') %}"
          + "{{'<|im_start|>assistant<|im_sep|>' + message['content'] + '<|im_end|>'}}"
          + "{% endif %}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant<|im_sep|>' }}{% endif %}";

  /** Phi-4's first release: the user turn opens the answer, whether asked for or not. */
  static final String PHI4_FIRST =
      "{% for message in messages %}"
          + "{% if (message['role'] == 'system') %}"
          + "{{'<|im_start|>system<|im_sep|>' + message['content'] + '<|im_end|>'}}"
          + "{% elif (message['role'] == 'user') %}"
          + "{{'<|im_start|>user<|im_sep|>' + message['content']"
          + " + '<|im_end|><|im_start|>assistant<|im_sep|>'}}"
          + "{% elif (message['role'] == 'assistant') %}{{message['content'] + '<|im_end|>'}}"
          + "{% endif %}{% endfor %}";

  /** Line breaks between turns, and a system message of its own when there is none. */
  static final String CHATML_WITH_DEFAULT_SYSTEM =
      "{% for message in messages %}"
          + "{% if loop.first and messages[0]['role'] != 'system' %}"
          + "{{ '<|im_start|>system\nYou are {helpful}.<|im_end|>\n' }}{% endif %}"
          + "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
          + "{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  /** Strips every message, which no Go template in Ollama can. */
  static final String TRIMMING =
      "{% for message in messages %}"
          + "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] | trim"
          + " + '<|im_end|>' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  /** Puts the system message inside the first question. */
  static final String FOLDING =
      "{% if messages[0]['role'] == 'system' %}{% set frame = messages[0]['content'] %}"
          + "{% else %}{% set frame = '' %}{% endif %}"
          + "{% for message in messages %}{% if message['role'] == 'user' %}"
          + "{{ '[INST] ' + (frame if loop.index0 < 2 else '') + message['content'] + ' [/INST]' }}"
          + "{% elif message['role'] == 'assistant' %}{{ message['content'] + '</s>' }}"
          + "{% endif %}{% endfor %}";

  /** Puts it inside the last question, wherever that is. */
  static final String FOLDING_LAST =
      "{% for message in messages %}{% if message['role'] == 'user' %}"
          + "{{ '[INST] ' + (messages[0]['content'] if loop.last else '') + message['content'] }}"
          + "{% elif message['role'] == 'assistant' %}{{ message['content'] + '</s>' }}"
          + "{% endif %}{% endfor %}";

  /** Ends a conversation with a token of its own, but not an answer. */
  static final String WITHOUT_TERMINATOR =
      "{% for message in messages %}{{ message['role'] + ': ' + message['content'] }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ 'assistant: ' }}{% endif %}";

  private ChatTemplates() {}

  static ChatTemplate template(String source) {
    return new ChatTemplate(source, "", "<|im_end|>");
  }
}
