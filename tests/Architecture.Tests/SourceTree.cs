namespace EdgeEnforcement.Architecture.Tests;

/// <summary>The repository's own C# files, as they lie.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(path => !Relative(path).Split('/').Any(part => part is "obj" or "bin" or "artifacts"));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "EdgeEnforcement.sln")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException("no EdgeEnforcement.sln above " + AppContext.BaseDirectory);
    }
}
