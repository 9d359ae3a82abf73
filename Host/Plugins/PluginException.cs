namespace Disguise.Host.Plugins;

/// <summary>A library cannot be used as a plug-in; the message is one line and names no file.
/// </summary>
/// <param name="what">What is wrong.</param>
/// <param name="allowed">What would do; null where there is nothing to list.</param>
internal sealed class PluginException(string what, string? allowed = null) : Exception(what)
{
    public string? Allowed { get; } = allowed;
}
