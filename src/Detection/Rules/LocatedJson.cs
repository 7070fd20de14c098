using System.Text;
using System.Text.Json;

namespace EdgeEnforcement.Detection.Rules;

/// <summary>A JSON value that knows its line. Comments are allowed: files of rules are written and read by people.</summary>
public sealed class LocatedJson
{
    private const int MaxDepth = 16;

    private LocatedJson(JsonTokenType type, int line, string text)
    {
        Type = type;
        Line = line;
        Text = text;
    }

    public JsonTokenType Type { get; }

    /// From 1.
    public int Line { get; }

    /// The string, or the number as written.
    public string Text { get; }

    public List<(string Name, int Line, LocatedJson Value)> Members { get; } = [];

    public List<LocatedJson> Items { get; } = [];

    /// <exception cref="JsonException">It is no JSON; LineNumber says where.</exception>
    public static LocatedJson Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var cursor = new Cursor(utf8);
        cursor.Next();
        var value = cursor.Value();
        cursor.End();
        return value;
    }

    /// The value without layout and comments, the same for the same content.
    public void WriteCanonical(StringBuilder to)
    {
        switch (Type)
        {
            case JsonTokenType.StartObject:
                to.Append('{');
                foreach (var (name, _, value) in Members.OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    to.Append(JsonEncodedText.Encode(name).ToString()).Append(':');
                    value.WriteCanonical(to);
                    to.Append(',');
                }
                to.Append('}');
                break;
            case JsonTokenType.StartArray:
                to.Append('[');
                foreach (var item in Items)
                {
                    item.WriteCanonical(to);
                    to.Append(',');
                }
                to.Append(']');
                break;
            case JsonTokenType.String:
                to.Append('"').Append(JsonEncodedText.Encode(Text).ToString()).Append('"');
                break;
            default:
                to.Append(Text);
                break;
        }
    }

    private ref struct Cursor(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        private int _line = 1;
        private int _counted;

        public void Next()
        {
            if (!_reader.Read())
                throw new JsonException("The file ends before its value does.", null, _line - 1, null);
            var at = (int)_reader.TokenStartIndex;
            _line += _utf8[_counted..at].Count((byte)'\n');
            _counted = at;
        }

        public void End()
        {
            while (_reader.Read())
            {
                // A second value is an error of the reader's own.
            }
        }

        public LocatedJson Value()
        {
            var type = _reader.TokenType;
            switch (type)
            {
                case JsonTokenType.StartObject:
                    var made = new LocatedJson(type, _line, "");
                    for (Next(); _reader.TokenType != JsonTokenType.EndObject; Next())
                    {
                        var (name, line) = (_reader.GetString() ?? "", _line);
                        Next();
                        made.Members.Add((name, line, Value()));
                    }
                    return made;
                case JsonTokenType.StartArray:
                    var list = new LocatedJson(type, _line, "");
                    for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
                        list.Items.Add(Value());
                    return list;
                case JsonTokenType.String:
                    return new LocatedJson(type, _line, _reader.GetString() ?? "");
                default:
                    return new LocatedJson(type, _line, Encoding.UTF8.GetString(_reader.ValueSpan));
            }
        }
    }
}
