using EdgeEnforcement.OperatorConsole.Hosting;

// The static files of a build lie beside the assembly (manifest) or under it (publish), never in the caller's directory.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.AddConsole();

var app = builder.Build();
app.UseConsole();
app.MapConsole();
await app.RunAsync();
