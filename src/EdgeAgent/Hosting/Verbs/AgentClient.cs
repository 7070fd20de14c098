using System.Net.Http.Json;
using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Diagnostics;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// Asks the running agent on its loopback endpoint.
internal sealed class AgentClient(string configFile, IEnumerable<string> overrides) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(AgentConfiguration.Load(configFile, overrides)[$"{StatusOptions.Section}:{nameof(StatusOptions.Listen)}"] ?? new StatusOptions().Listen),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return await ReadAsync<T>(answer, cancellation);
    }

    public async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, Json, cancellation);
        return await ReadAsync<T>(answer, cancellation);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
            throw new InvalidDataException(await answer.Content.ReadAsStringAsync(cancellation));
        return await answer.Content.ReadFromJsonAsync<T>(Json, cancellation) ?? throw new InvalidDataException("The agent gave an empty answer.");
    }

    /// One place for what all asking verbs answer when the agent is not there or says no.
    public static async Task<int> GuardAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"The agent does not answer: {e.Message}");
            return ExitCodes.NotRunning;
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadConfiguration;
        }
    }

    public void Dispose() => _http.Dispose();
}
