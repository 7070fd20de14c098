namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>Where the built parts lie: the tests start what `./start` starts.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    // artifacts/bin/EndToEnd.Tests/<configuration>/: the others stand beside it under the same configuration.
    private static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    public static string Assembly(string project, string name)
    {
        var path = Path.Combine(Root, "artifacts", "bin", project, Configuration, name + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"build the solution first: {path} is missing", path);
    }

    public static string Profile(string name) => Path.Combine(Root, "samples", "profiles", name + ".json");

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
