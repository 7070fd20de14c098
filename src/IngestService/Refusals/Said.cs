using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>
/// What is said to a person: written where it is decided as an ordinary interpolated string, and kept as its template and what stands in it,
/// so that a page can say it in its own language (<see cref="Sentence"/>). Both branches of a conditional are written as
/// <c>Said.Of($"...")</c>: a bare conditional of strings is one string by then, which nobody can translate.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Said
{
    // A cell of a file may be as large as the file; a thousand sentences must fit one message.
    private const int LongestArgument = 300;

    private readonly StringBuilder _text;
    private readonly Sentence _sentence = new();
    private readonly StringBuilder _template;

    public Said(int literalLength, int formattedCount)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 16));
        _template = new StringBuilder(literalLength + (formattedCount * 3));
    }

    public static implicit operator Said(string words)
    {
        Said said = new(words.Length, 0);
        said.AppendLiteral(words);
        return said;
    }

    public static Said Of(Said said) => said;

    public void AppendLiteral(string words)
    {
        _text.Append(words);
        _template.Append(words.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }

    public void AppendFormatted<T>(T value) => AppendFormatted(value, value is Enum ? $"@{typeof(T).Name}" : null);

    /// <param name="format">"@Mark": the value is one of a list that pages have words for, under this name; null: it is said as it is.</param>
    public void AppendFormatted<T>(T value, string? format)
    {
        string text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        string argument = format is null ? text : $"{format}.{text}";
        _text.Append(text);
        _template.Append(CultureInfo.InvariantCulture, $"{{{_sentence.Arguments.Count}}}");
        _sentence.Arguments.Add(argument.Length <= LongestArgument ? argument : argument[..LongestArgument] + "…");
    }

    public Sentence ToSentence() => new(_sentence) { Template = _template.ToString() };

    public override string ToString() => _text.ToString();
}
