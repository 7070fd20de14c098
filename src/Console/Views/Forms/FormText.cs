using System.Collections;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>A field's value as text in a box, and back. What cannot be read leaves the field empty: the service says what it misses.</summary>
public static class FormText
{
    /// <summary>A browser's own check of "29.56301, 106.55156".</summary>
    public const string PositionPattern = @"\s*-?\d+(\.\d+)?\s*[,，]\s*-?\d+(\.\d+)?\s*";

    private static readonly char[] LineEnds = ['\n', '\r'];
    private static readonly char[] DayEnds = ['\n', '\r', ' ', ',', '，', '、', ';', '；'];

    public static string Read(FormField field, IMessage message) => (field.Input, field.Field.Accessor.GetValue(message)) switch
    {
        (_, null) => "",
        (FormInput.Instants, IList list) => string.Join('\n', list.Cast<Timestamp>().Select(at => Figures.Day(Figures.Day(at.ToDateTimeOffset())))),
        (_, IList list) => string.Join('\n', list.Cast<object>()),
        (FormInput.Money, long fen) => fen == 0 ? "" : (fen / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        (FormInput.Offset, uint at) => at == 0 ? "" : TimeSpan.FromMilliseconds(at).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
        (FormInput.Count or FormInput.OneOf, var count and (uint or ulong or int or long)) => Convert.ToUInt64(count, CultureInfo.InvariantCulture) is var number and > 0 ? number.ToString(CultureInfo.InvariantCulture) : "",
        (_, ByteString bytes) => Figures.Hex(bytes),
        (_, bool flag) => flag ? "true" : "",
        (_, double number) => number == 0 ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        (_, Timestamp at) => Figures.Civil(at.ToDateTimeOffset()).ToString(at.Seconds % 60 == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        (_, Position at) => string.Create(CultureInfo.InvariantCulture, $"{at.Latitude}, {at.Longitude}"),
        (_, System.Enum value) => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0 ? "" : value.ToString(),
        (_, var value) => value.ToString() ?? "",
    };

    public static void Write(FormField field, IMessage message, string text)
    {
        var accessor = field.Field.Accessor;
        if (accessor.GetValue(message) is IList list)
            WriteLines(field, list, text);
        else if (ValueOf(field, accessor.GetValue(message), text.Trim()) is { } value)
            accessor.SetValue(message, value);
        else
            accessor.Clear(message);
    }

    public static bool Has(FormField field, IMessage message, string value) => ((IList)field.Field.Accessor.GetValue(message)).Cast<object>().Any(one => one.ToString() == value);

    /// <summary>Takes a value in or out, of a field that holds several.</summary>
    public static void Toggle(FormField field, IMessage message, string value)
    {
        var list = (IList)field.Field.Accessor.GetValue(message);
        var type = list.GetType().GetGenericArguments()[0];
        object one = type.IsEnum ? System.Enum.Parse(type, value) : value;
        if (list.Contains(one))
            list.Remove(one);
        else
            list.Add(one);
    }

    private static object? ValueOf(FormField field, object? now, string text) => field.Input switch
    {
        FormInput.YesNo => text == "true",
        FormInput.Money => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan) ? (long)(yuan * 100) : null,
        FormInput.Offset => OffsetOf(text),
        FormInput.Count or FormInput.OneOf when now is uint or ulong or int or long => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Convert.ChangeType(count, now!.GetType(), CultureInfo.InvariantCulture) : null, // a number is never null
        FormInput.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        FormInput.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? Figures.FromCivil(typed) : null,
        FormInput.Position => PositionOf(text),
        FormInput.Hash => HashOf(text),
        FormInput.OneOf when now is System.Enum => System.Enum.TryParse(now.GetType(), text, out var chosen) ? chosen : null,
        _ => text,
    };

    private static void WriteLines(FormField field, IList list, string text)
    {
        var areDays = field.Input is FormInput.Instants || field.Name is "holidays" or "make_up_days";
        var lines = text.Split(areDays ? DayEnds : LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        list.Clear();
        foreach (var line in areDays ? lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal) : lines.AsEnumerable())
        {
            if (field.Input != FormInput.Instants)
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
