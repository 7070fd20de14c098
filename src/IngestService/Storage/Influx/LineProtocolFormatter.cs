using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>
/// InfluxDB line protocol: measurement,tag=value,... field=value,... timestamp LF. Pure: bytes into a buffer.
/// </summary>
/// <remarks>
/// Tags in the order of their names, which costs the server least; an empty tag is no tag. Line protocol knows no way to write a line break or
/// a backslash at a value's end within a tag: both become '_'. A double that is not finite is left out.
/// </remarks>
internal sealed class LineProtocolFormatter
{
    private const int LongestNumber = 32;

    private byte[] _bytes = new byte[256 << 10];
    private bool _hasField;

    public int Length { get; private set; }

    public int Lines { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    public void Clear() => (Length, Lines) = (0, 0);

    public LineProtocolFormatter Begin(string measurement)
    {
        _hasField = false;
        Escaped(measurement, ", ");
        return this;
    }

    public LineProtocolFormatter Tag(string name, string value)
    {
        if (value.Length == 0)
            return this;
        Byte(',');
        Escaped(name, ",= ");
        Byte('=');
        Escaped(value, ",= ");
        return this;
    }

    public LineProtocolFormatter Field(string name, double value)
    {
        if (!double.IsFinite(value))
            return this;
        FieldName(name);
        Room(LongestNumber);
        value.TryFormat(_bytes.AsSpan(Length), out int written, "R", CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    public LineProtocolFormatter Field(string name, long value)
    {
        FieldName(name);
        Number(value);
        Byte('i');
        return this;
    }

    /// <summary>The line counts from here on. The precision is the request's.</summary>
    public void End(long timestamp)
    {
        if (!_hasField)
            throw new InvalidOperationException("a point needs a field");
        Byte(' ');
        Number(timestamp);
        Byte('\n');
        Lines++;
    }

    private void FieldName(string name)
    {
        Byte(_hasField ? ',' : ' ');
        _hasField = true;
        Escaped(name, ",= ");
        Byte('=');
    }

    private void Escaped(string text, string special)
    {
        Room((text.Length * 4) + 4);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' || c == 0x7f || (c == '\\' && i == text.Length - 1))
                _bytes[Length++] = (byte)'_';
            else if (c < 0x80)
            {
                if (special.Contains(c, StringComparison.Ordinal))
                    _bytes[Length++] = (byte)'\\';
                _bytes[Length++] = (byte)c;
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int used);
                Length += rune.EncodeToUtf8(_bytes.AsSpan(Length));
                i += used - 1;
            }
        }
    }

    private void Number(long value)
    {
        Room(LongestNumber);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out int written);
        Length += written;
    }

    private void Byte(char c)
    {
        Room(1);
        _bytes[Length++] = (byte)c;
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
    }
}
