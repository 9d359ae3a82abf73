using System.Reflection;
using System.Runtime.Loader;

namespace Disguise.Host.Plugins;

/// <summary>
/// Where a plug-in is loaded: what this program has it shares, so that its types are ours; what
/// else it needs stands beside it.
/// </summary>
internal sealed class PluginContext(string path) : AssemblyLoadContext(path)
{
    private readonly AssemblyDependencyResolver beside = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (FileNotFoundException)
        {
            return beside.ResolveAssemblyToPath(assemblyName) is { } found
                ? LoadFromAssemblyPath(found) : null;
        }
    }
}
