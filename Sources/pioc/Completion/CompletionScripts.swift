/// What the shells run: each asks `pioc __complete`, which answers a line for each candidate, a tab before its help.
///
/// A line ":files" stands for the names of files, which every shell knows better.
enum CompletionScripts {
  /// Several candidates are shown with their help, which bash has no place for; a single one is put in alone.
  static let bash = #"""
    _pioc() {
      local line word help width=0 IFS=$'\n'
      local -a words=() helps=()
      COMPREPLY=()
      while IFS=$'\t' read -r word help; do
        if [[ $word == :files ]]; then
          compopt -o default
          return
        fi
        words+=("$word")
        helps+=("$help")
        (( ${#word} > width )) && width=${#word}
      done < <(pioc __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
      if (( ${#words[@]} == 1 )); then
        printf -v word '%q' "${words[0]}"
        COMPREPLY=("$word")
        [[ ${words[0]} == *= ]] && { COMPREPLY=("${words[0]}"); compopt -o nospace; }
        return
      fi
      compopt -o nosort 2>/dev/null
      local index room=$(( ${COLUMNS:-80} - width - 8 ))
      for index in "${!words[@]}"; do
        if [[ -n ${helps[index]} ]] && (( room > 8 )); then
          printf -v line '%-*s  (%s)' "$width" "${words[index]}" "${helps[index]:0:room}"
        else
          line=${words[index]}
        fi
        COMPREPLY+=("$line")
      done
    }
    complete -F _pioc pioc

    """#

  /// `-U`: what was typed may be the beginning of a title and not of the id.
  static let zsh = #"""
    #compdef pioc
    _pioc() {
      local word help
      local -a found shown
      while IFS=$'\t' read -r word help; do
        if [[ $word == :files ]]; then
          _files
          return
        fi
        found+=("$word")
        shown+=("$word${help:+  ($help)}")
      done < <(pioc __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
      (( ${#found} )) || return 1
      local -a options
      [[ ${#found} == 1 && ${found[1]} == *= ]] && options=(-S '')
      # What was typed of a title stays until one of them is meant.
      if (( ${#found} > 1 )) && [[ ${found[1]} != ${PREFIX}* ]]; then
        compstate[insert]=''
        compstate[list]='list force'
      fi
      compadd -U -V pioc -l -d shown "${options[@]}" -- "${found[@]}"
    }
    if [[ ${funcstack[1]} == _pioc ]]; then
      _pioc "$@"
    else
      compdef _pioc pioc
    fi

    """#

  static let fish = #"""
    function __pioc_complete
      set -l words (commandline -opc)
      set -l found (pioc __complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
      if test "$found[1]" = ":files"
        __fish_complete_path (commandline -ct)
      else
        printf '%s\n' $found
      end
    end
    complete -c pioc -f -a '(__pioc_complete)'

    """#
}
