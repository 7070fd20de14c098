using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Uplink;
using EdgeEnforcement.EdgeAgent.Uplink.Upload;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Which keys a version may set: options with [SetRemotely], and everything below a list that has it. Pure.
internal static class SettableKeys
{
    /// The rule set itself, as docs/formats/rule-set.md has it: no option, but what Detection:RuleFile points to at a station that is told its rules.
    public const string Rules = DetectionOptions.Section + ":Rules";

    private static readonly (string Section, Type Options)[] Sections =
    [
        (DetectionOptions.Section, typeof(DetectionOptions)),
        (DockOptions.Section, typeof(DockOptions)),
        (Hj212Options.Section, typeof(Hj212Options)),
        (SpaceOptions.Section, typeof(SpaceOptions)),
        (StatusOptions.Section, typeof(StatusOptions)),
        (UplinkOptions.Section, typeof(UplinkOptions)),
        (UploadOptions.Section, typeof(UploadOptions)),
    ];

    /// <param name="path">Section:Key, below a list with the place: Hj212:Stations:0:Mn.</param>
    /// <param name="value">Null: a list stands there.</param>
    /// <returns>Null when it may be set to this.</returns>
    public static string? WhyNot(string path, string? value)
    {
        var names = path.Split(':');
        var section = Sections.FirstOrDefault(s => Same(s.Section, names[0]));
        if (section.Options is null)
            return $"{path}: this section is not set remotely";
        if (names.Length == 1)
            return $"{path}: is a section";
        if (Find(section.Options, names[1]) is not { } option)
            return $"{path}: there is no such setting";
        if (option.GetCustomAttribute<SetRemotelyAttribute>() is null)
            return $"{path}: is set at the station only";
        var type = option.PropertyType;
        foreach (var name in names.Skip(2))
        {
            var next = ElementOf(type) ?? Find(type, name)?.PropertyType;
            if (next is null)
                return $"{path}: there is no such setting";
            type = next;
        }
        return Fits(type, value) ? null : $"{path}: {(value is null ? "a list" : $"'{value}'")} is no {Name(type)}";
    }

    private static bool Fits(Type type, string? value)
    {
        if (value is null || ElementOf(type) is not null)
            return value is null && ElementOf(type) is not null;
        try
        {
            var converter = TypeDescriptor.GetConverter(type);
            return converter.CanConvertFrom(typeof(string)) && converter.ConvertFromString(null, CultureInfo.InvariantCulture, value) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            return false; // the converters say it in as many ways
        }
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static PropertyInfo? Find(Type type, string name) =>
        type.Namespace?.StartsWith("EdgeEnforcement.", StringComparison.Ordinal) == true ? type.GetProperties().FirstOrDefault(p => Same(p.Name, name)) : null;

    private static string Name(Type type) => ElementOf(type) is { } element ? "list of " + Name(element) : (Nullable.GetUnderlyingType(type) ?? type).Name;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
