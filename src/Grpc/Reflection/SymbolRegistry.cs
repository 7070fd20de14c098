using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>The files behind a set of services and everything they import, by file name and by the full name of what they declare.</summary>
internal sealed class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);

    public SymbolRegistry(IEnumerable<ServiceDescriptor> services)
    {
        foreach (var service in services)
            AddFile(service.File);
    }

    public FileDescriptor? FileByName(string name) => _files.GetValueOrDefault(name);

    /// <summary>The file that declares a message, enumeration, service or method.</summary>
    public FileDescriptor? FileBySymbol(string symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>The file and all it imports, directly or not, what is imported first.</summary>
    public static IReadOnlyCollection<FileDescriptor> WithImports(FileDescriptor file)
    {
        var found = new List<FileDescriptor>();
        Collect(file);
        return found;

        void Collect(FileDescriptor next)
        {
            if (found.Contains(next))
                return;
            foreach (var dependency in next.Dependencies)
                Collect(dependency);
            found.Add(next);
        }
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            AddFile(dependency);
        foreach (var enumeration in file.EnumTypes)
            _symbols[enumeration.FullName] = file;
        foreach (var message in file.MessageTypes)
            AddMessage(message);
        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
                _symbols[method.FullName] = file;
        }
    }

    private void AddMessage(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        foreach (var enumeration in message.EnumTypes)
            _symbols[enumeration.FullName] = message.File;
        foreach (var nested in message.NestedTypes)
            AddMessage(nested);
    }
}
