using System.Collections;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>A field's value as text in a box, and back. What cannot be read leaves the field empty: the service says what it misses.</summary>
public static class FieldText
{
    /// <summary>A browser's own check of "29.56301, 106.55156".</summary>
    public const string PositionPattern = @"\s*-?\d+(\.\d+)?\s*[,，]\s*-?\d+(\.\d+)?\s*";

    private static readonly char[] LineEnds = ['\n', '\r'];
    private static readonly char[] DayEnds = ['\n', '\r', ' ', ',', '，', '、', ';', '；'];

    public static string Read(FormField field, IMessage message) => field.Field.Accessor.GetValue(message) switch
    {
        null => "",
        IList list => string.Join('\n', list.Cast<object>()),
        bool flag => flag ? "true" : "",
        double number => number == 0 ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        Timestamp at => Figures.Civil(at.ToDateTimeOffset()).ToString(at.Seconds % 60 == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        Position at => string.Create(CultureInfo.InvariantCulture, $"{at.Latitude}, {at.Longitude}"),
        var value => value.ToString() ?? "",
    };

    public static void Write(FormField field, IMessage message, string text)
    {
        var accessor = field.Field.Accessor;
        object? value = field.Input switch
        {
            FieldInput.YesNo => text == "true",
            FieldInput.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0.0,
            FieldInput.Instant => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? Figures.FromCivil(typed) : null,
            FieldInput.Position => PositionOf(text),
            FieldInput.OneOf when accessor.GetValue(message) is System.Enum now => System.Enum.TryParse(now.GetType(), text, out var chosen) ? chosen : now,
            FieldInput.Paragraph => text,
            _ => text.Trim(),
        };
        if (field.Input is FieldInput.Lines or FieldInput.Subjects)
            WriteLines((IList)accessor.GetValue(message), text, areDays: field.Name is "holidays" or "make_up_days");
        else if (value is null)
            accessor.Clear(message);
        else
            accessor.SetValue(message, value);
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

    private static void WriteLines(IList list, string text, bool areDays)
    {
        var lines = text.Split(areDays ? DayEnds : LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);
        list.Clear();
        foreach (var line in areDays ? lines.Order(StringComparer.Ordinal) : lines)
            list.Add(line);
    }

    private static Position? PositionOf(string text) =>
        text.Split([',', '，'], 2) is [var north, var east]
        && double.TryParse(north, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
        && double.TryParse(east, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
            ? new Position { Latitude = latitude, Longitude = longitude } : null;
}
