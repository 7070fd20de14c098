using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>
/// RFC 4180: fields by comma, quotes doubled inside quotes, line breaks inside quotes belong to the field. A bare CR, LF or CRLF ends a
/// record; an empty line is none.
/// </summary>
internal sealed class CsvParser(string text)
{
    private readonly StringBuilder _field = new();
    private int _at;
    private int _line = 1;

    /// <summary>Of the record read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>What is wrong with the record read last; null: nothing.</summary>
    public string? Fault { get; private set; }

    public bool TryRead([NotNullWhen(true)] out List<string>? record)
    {
        record = null;
        SkipEmptyLines();
        if (_at >= text.Length)
            return false;
        (Line, Fault, record) = (_line, null, []);
        do
            record.Add(ReadField());
        while (Take(','));
        if (_at < text.Length && text[_at] is not ('\r' or '\n'))
        {
            Fault = "text after a closing quote";
            while (_at < text.Length && text[_at] is not ('\r' or '\n'))
                _at++;
        }

        TakeLineEnd();
        return true;
    }

    private string ReadField()
    {
        if (!Take('"'))
        {
            int end = text.AsSpan(_at).IndexOfAny(',', '\r', '\n');
            int length = end < 0 ? text.Length - _at : end;
            string bare = text.Substring(_at, length);
            _at += length;
            if (bare.Contains('"', StringComparison.Ordinal))
                Fault = "a quote inside a field that does not begin with one";
            return bare;
        }

        _field.Clear();
        while (_at < text.Length)
        {
            char next = text[_at++];
            if (next == '"' && !Take('"'))
                return _field.ToString();
            if (next == '\n' || (next == '\r' && (_at >= text.Length || text[_at] != '\n')))
                _line++;
            _field.Append(next);
        }

        Fault = "the file ends inside quotes";
        return _field.ToString();
    }

    private void SkipEmptyLines()
    {
        while (_at < text.Length && text[_at] is '\r' or '\n')
            TakeLineEnd();
    }

    private void TakeLineEnd()
    {
        bool carriage = Take('\r');
        if (Take('\n') || carriage)
            _line++;
    }

    private bool Take(char wanted)
    {
        if (_at >= text.Length || text[_at] != wanted)
            return false;
        _at++;
        return true;
    }
}
