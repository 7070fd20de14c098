using System.Collections;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>A field's value as text in a box, and back. What cannot be read leaves the field empty: the service says what it misses.</summary>
public static class DetailText
{
    private const string InstantForm = "yyyy-MM-dd'T'HH:mm";

    private static readonly char[] LineEnds = ['\n', '\r'];

    public static string Read(DetailField field, IMessage message) => (field.Input, field.Field.Accessor.GetValue(message)) switch
    {
        (_, null) => "",
        (DetailInput.Instants, IList list) => string.Join('\n', list.Cast<Timestamp>().Select(at => Figures.Day(Figures.Day(at.ToDateTimeOffset())))),
        (_, IList list) => string.Join('\n', list.Cast<object>()),
        (DetailInput.Money, long fen) => fen == 0 ? "" : (fen / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        (DetailInput.Offset, uint at) => at == 0 ? "" : TimeSpan.FromMilliseconds(at).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
        (_, ByteString bytes) => Figures.Hex(bytes),
        (_, bool flag) => flag ? "true" : "",
        (_, Timestamp at) => Figures.Civil(at.ToDateTimeOffset()).ToString(InstantForm, CultureInfo.InvariantCulture),
        (_, Position at) => string.Create(CultureInfo.InvariantCulture, $"{at.Latitude}, {at.Longitude}"),
        (DetailInput.Number, var number) => Convert.ToUInt64(number, CultureInfo.InvariantCulture) is var count and > 0 ? count.ToString(CultureInfo.InvariantCulture) : "",
        (_, System.Enum value) => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0 ? "" : value.ToString(),
        (_, var value) => value.ToString() ?? "",
    };

    public static void Write(DetailField field, IMessage message, string text)
    {
        var accessor = field.Field.Accessor;
        if (accessor.GetValue(message) is IList list)
            WriteLines(field, list, text);
        else if (ValueOf(field, accessor.GetValue(message), text.Trim()) is { } value)
            accessor.SetValue(message, value);
        else
            accessor.Clear(message);
    }

    public static bool Has(DetailField field, IMessage message, string value) =>
        ((IList)field.Field.Accessor.GetValue(message)).Cast<object>().Any(one => one.ToString() == value);

    /// <summary>Takes a value in or out, of a field that holds several.</summary>
    public static void Toggle(DetailField field, IMessage message, string value)
    {
        var list = (IList)field.Field.Accessor.GetValue(message);
        var type = list.GetType().GetGenericArguments()[0];
        object one = type.IsEnum ? System.Enum.Parse(type, value) : value;
        if (list.Contains(one))
            list.Remove(one);
        else
            list.Add(one);
    }

    private static object? ValueOf(DetailField field, object? now, string text) => field.Input switch
    {
        DetailInput.YesNo => text == "true",
        DetailInput.Money => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan) ? (long)(yuan * 100) : null,
        DetailInput.Offset => OffsetOf(text),
        DetailInput.Number => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Convert.ChangeType(number, now!.GetType(), CultureInfo.InvariantCulture) : null, // a number is never null
        DetailInput.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? Figures.FromCivil(typed) : null,
        DetailInput.Position => PositionOf(text),
        DetailInput.Hash => HashOf(text),
        DetailInput.OneOf when now is System.Enum => System.Enum.TryParse(now.GetType(), text, out var chosen) ? chosen : null,
        _ => text,
    };

    private static void WriteLines(DetailField field, IList list, string text)
    {
        list.Clear();
        foreach (var line in text.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (field.Input != DetailInput.Instants)
                list.Add(line);
            else if (Figures.TryDay(line, out var day))
                list.Add(Figures.FromCivil(day.ToDateTime(TimeOnly.MinValue)));
        }
    }

    // "1:05", "0:01:05" or seconds.
    private static object? OffsetOf(string text)
    {
        var seconds = 0L;
        foreach (var part in text.Split(':', '：'))
        {
            if (!uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (seconds = (seconds * 60) + number) > uint.MaxValue / 1000)
                return null;
        }
        return (uint)(seconds * 1000);
    }

    private static ByteString? HashOf(string text)
    {
        var hex = new string([.. text.Where(char.IsAsciiHexDigit)]);
        return hex.Length > 0 && hex.Length % 2 == 0 ? ByteString.CopyFrom(Convert.FromHexString(hex)) : null;
    }

    private static Position? PositionOf(string text) =>
        text.Split([',', '，'], 2) is [var north, var east]
        && double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
        && double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            ? new Position { Latitude = latitude, Longitude = longitude } : null;
}
