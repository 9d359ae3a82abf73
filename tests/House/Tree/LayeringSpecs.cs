using System.Xml.Linq;

namespace Disguise.House.Tests.Tree;

public sealed class LayeringSpecs
{
    private static readonly SourceFile[] LayerFiles =
    [
        .. SourceTree.CSharp.Where(file => SourceTree.Layers.Contains(file.Name.Split('/')[0])),
    ];

    private static readonly SourceFile[] KernelFiles =
    [
        .. LayerFiles.Where(file => file.Name.StartsWith("Kernels/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Each_layer_references_the_layer_before_it()
    {
        for (var i = 0; i < SourceTree.Layers.Length; i++)
        {
            var expected = i == 0
                ? Array.Empty<string>()
                : [$"../{SourceTree.Layers[i - 1]}/{SourceTree.Layers[i - 1]}.csproj"];

            Assert.Equal(expected, ReferencesOf(SourceTree.Layers[i]));
        }
    }

    [Fact]
    public void No_file_refers_to_a_layer_after_its_own()
    {
        Found.Nothing(LayerFiles.SelectMany(CodeRules.HigherLayers));
    }

    [Theory]
    [InlineData("using Disguise.Hardware.Nic;")]
    [InlineData("class A : global::Disguise.Kernels.B { }")]
    [InlineData("class A { object B => Disguise.Host.Program.Main(null); }")]
    public void A_reference_to_a_later_layer_is_found(string text)
    {
        Assert.Single(CodeRules.HigherLayers(new SourceFile("Actors/A.cs", text)));
    }

    [Fact]
    public void No_architecture_refers_to_another()
    {
        Found.Nothing(KernelFiles.SelectMany(CodeRules.ForeignArchitectures));
    }

    [Theory]
    [InlineData("Kernels/Arrakis/A.cs", "using Disguise.Kernels.Exokernel;", 1)]
    [InlineData("Kernels/Arrakis/A.cs", "using B = Monolithic.RunQueue;", 1)]
    [InlineData("Kernels/Arrakis/A.cs", "class A { Microkernel.Thread t; }", 1)]
    [InlineData("Kernels/Arrakis/A.cs", "class A { object B => Exokernel.Slice.New(); }", 1)]
    [InlineData("Kernels/Capabilities/A.cs", "using Disguise.Kernels.Arrakis.Control;", 1)]
    [InlineData("Kernels/Arrakis/A.cs", "using Disguise.Kernels.Arrakis.Control;", 0)]
    [InlineData("Kernels/Arrakis/A.cs", "using Disguise.Kernels.Abstractions;", 0)]
    public void A_reference_to_an_architecture_from_outside_is_found(
        string name, string text, int found)
    {
        Assert.Equal(found, CodeRules.ForeignArchitectures(new SourceFile(name, text)).Count());
    }

    [Fact]
    public void No_platform_names_an_architecture()
    {
        Found.Nothing(SourceTree.Files
            .Where(file => file.Name.StartsWith("Hardware/Platforms/", StringComparison.Ordinal))
            .SelectMany(file => CodeRules.Architectures
                .Where(name => file.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
                .Select(name => $"{file.Name}: names {name}")));
    }

    private static string[] ReferencesOf(string layer)
    {
        var project = SourceTree.Projects.Single(file => file.Name == $"{layer}/{layer}.csproj");
        return XDocument.Parse(project.Text).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value)
            .ToArray();
    }
}
