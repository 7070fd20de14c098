using System.Reflection;

namespace EdgeEnforcement.Architecture.Tests;

public sealed class BudgetTests
{
    private const int LinesPerFile = 400;
    private const int ConstructorParameters = 6;

    private static readonly string[] Products =
        ["edge-agent", "ingest", "console", "EdgeEnforcement.Evidence", "EdgeEnforcement.Detection", "EdgeEnforcement.SegmentLog", "EdgeEnforcement.Grpc", "EdgeEnforcement.Mqtt"];

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var files = SourceTree.Files("src", "tests", "samples").ToList();
        var tooLong = files
            .Select(path => (path, lines: File.ReadLines(path).Count()))
            .Where(file => file.lines > LinesPerFile)
            .Select(file => $"{SourceTree.Relative(file.path)}: {file.lines}");

        Assert.True(files.Count > 100, "the check must see the tree");
        Assert.Empty(tooLong);
    }

    // Records and structs carry values; their fields are not dependencies. Razor components are made by the framework.
    [Fact]
    public void No_class_takes_more_parts_than_it_can_mind()
    {
        var tooMany = Products.Select(Assembly.Load).SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true } && type.GetMethod("<Clone>$") is null && !IsGenerated(type))
            .SelectMany(type => type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .Where(constructor => constructor.GetParameters().Length > ConstructorParameters)
            .Select(constructor => $"{constructor.DeclaringType}: {constructor.GetParameters().Length}");

        Assert.Empty(tooMany);
    }

    private static bool IsGenerated(Type type) =>
        type.FullName!.Contains('<', StringComparison.Ordinal) || type.FullName.Contains("__", StringComparison.Ordinal);
}
