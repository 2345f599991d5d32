"""What papers and their authors' code publish about the architectures.

Parameters are trainable: biases and batch normalization's gamma and beta count, its moving
statistics do not. A MAC is one multiply-add of a convolution or dense layer.
"""

from typing import NamedTuple


class Oracle(NamedTuple):
    """Exact figures of one architecture; `macs` None where none are published."""

    name: str
    options: dict
    params: int
    macs: int | None
    source: str


class Rounded(NamedTuple):
    """Parameters as published in rounded form; `tolerance` is relative."""

    name: str
    options: dict
    params: float
    tolerance: float
    source: str


TORCHVISION = "torchvision's published weights"
HE = "He et al. 2016"
HUANG = "Huang et al. 2017"
HAN = "Han, Kim & Kim 2017, eq. 2 with floor"
WRN = "Zagoruyko & Komodakis 2016"
CADENE = "Caffe weights of Hu, Shen & Sun 2018, as ported to PyTorch by R. Cadene"
BC = {"bottleneck": True, "compression": 0.5}

EARLY = (
    Oracle("LeNet5", {}, 60_000, None, "LeCun et al. 1998, section II-B"),
    Oracle("LeNet5Modern", {}, 61_706, 416_520, "LeCun et al. 1998, dense C3"),
    Oracle("AlexNet", {}, 60_965_224, 724_406_816, "Krizhevsky et al. 2012, two towers"),
    Oracle("AlexNetSingle", {}, 62_378_344, 1_135_256_096, "Krizhevsky et al. 2012, ungrouped"),
    Oracle("ZFNet", {}, 62_357_608, 1_168_032_896, "Zeiler & Fergus 2014, figure 3"),
    Oracle("VGG11", {}, 132_863_336, 7_609_090_048, TORCHVISION),
    Oracle("VGG13", {}, 133_047_848, None, TORCHVISION),
    Oracle("VGG16C", {}, 133_638_952, 11_770_888_192, "Simonyan & Zisserman 2015, table 1"),
    Oracle("VGG16", {}, 138_357_544, 15_470_264_320, TORCHVISION),
    Oracle("VGG19", {}, 143_667_240, 19_632_062_464, TORCHVISION),
    Oracle("GoogLeNet", {}, 6_998_552, 1_582_671_872, "Szegedy et al. 2015, table 1, as drawn"),
    Oracle("GoogLeNet", {"auxiliary": True}, 13_378_280, None, "Szegedy et al. 2015, with heads"),
    Oracle("InceptionV3", {"gamma": False}, 23_817_352, 5_713_216_096, "keras.applications"),
    Oracle("InceptionV3", {}, 23_834_568, 5_713_216_096, TORCHVISION + ", heads left out"),
    Oracle("InceptionV4", {}, 42_679_816, None, "Szegedy et al. 2017, as ported by R. Cadene"),
    Oracle("SqueezeNet", {}, 1_248_424, 818_924_576, TORCHVISION),
    Oracle("SqueezeNet11", {}, 1_235_496, None, TORCHVISION),
)

RESIDUAL = (
    Oracle("ResNet18", {}, 11_689_512, 1_814_073_344, TORCHVISION),
    Oracle("ResNet34", {}, 21_797_672, 3_663_761_408, TORCHVISION),
    Oracle("ResNet50", {}, 25_557_032, 3_857_973_248, HE),
    Oracle("ResNet50", {"version": "v1.5"}, 25_557_032, 4_089_184_256, TORCHVISION),
    Oracle("ResNet50", {"version": "v2"}, 25_549_352, None, "timm's resnetv2_50"),
    Oracle("ResNet101", {}, 44_549_160, 7_570_194_432, HE),
    Oracle("ResNet152", {}, 60_192_808, 11_282_415_616, HE),
    Oracle("ResNet152", {"version": "v1.5"}, 60_192_808, 11_513_626_624, TORCHVISION),
    Oracle("ResNeXt50", {}, 25_028_904, 4_230_479_872, TORCHVISION),
    Oracle("ResNeXt101", {"width": 8}, 88_791_336, 16_414_015_488, TORCHVISION),
    Oracle("ResNeXt101", {"cardinality": 64}, 83_455_272, None, TORCHVISION),
    Oracle("WideResNet", {}, 36_479_194, 5_243_328_768, WRN),
    Oracle("WideResNet", {"depth": 40, "width": 8}, 35_748_314, 5_172_024_320, WRN),
    Oracle("WideResNet", {"classes": 100}, 36_536_884, None, WRN),
    Oracle("WideResNet50", {}, 68_883_240, 11_398_021_120, TORCHVISION),
    Oracle("SEResNet50", {}, 28_088_024, 3_860_488_192, CADENE),
    Oracle("SEResNet101", {}, 49_326_872, None, CADENE),
    Oracle("SEResNeXt50", {}, 27_559_896, None, CADENE),
    Oracle("SEResNeXt101", {}, 48_955_416, None, CADENE),
    Oracle("SENet154", {}, 115_088_984, None, CADENE),
)

PYRAMID = tuple(
    Oracle(
        "PyramidNet",
        {"depth": depth, "alpha": alpha, "bottleneck": depth > 110},
        params,
        macs,
        HAN,
    )
    for depth, alpha, params, macs in (
        (110, 48, 1_739_730, 393_528_448),
        (110, 84, 3_855_054, 757_846_504),
        (110, 270, 28_485_477, 4_717_983_724),
        (164, 48, 1_684_002, 378_634_240),
        (164, 84, 3_710_550, 731_635_360),
        (164, 270, 27_216_021, 4_569_837_040),
        (200, 240, 26_617_000, 4_484_789_888),
    )
)

DENSE = (
    Oracle("DenseNet121", {}, 7_978_856, 2_834_161_664, TORCHVISION),
    Oracle("DenseNet169", {}, 14_149_480, None, TORCHVISION),
    Oracle("DenseNet201", {}, 20_013_928, 4_291_365_888, TORCHVISION),
    Oracle(
        "DenseNet121",
        {"blocks": (6, 12, 36, 24), "growth_rate": 48},
        28_681_000,
        None,
        TORCHVISION + " of DenseNet-161",
    ),
    Oracle("DenseNetCIFAR", {}, 1_019_722, None, HUANG),
    Oracle("DenseNetCIFAR", {"depth": 100}, 6_979_642, None, HUANG),
    Oracle("DenseNetCIFAR", {"depth": 100, "growth_rate": 24}, 27_249_082, None, HUANG),
    Oracle("DenseNetCIFAR", {"depth": 100, **BC}, 769_162, None, HUANG),
    Oracle("Xception", {}, 22_855_952, 8_357_403_496, "keras.applications"),
)

ORACLES = (*EARLY, *RESIDUAL, *PYRAMID, *DENSE)

ROUNDED = (
    Rounded("HighwayNet", {}, 39e3, 0.013, "Srivastava et al. 2015, table 1"),
    Rounded("HighwayNet", {"width": 32}, 151e3, 0.003, "Srivastava et al. 2015, table 1"),
    Rounded("ResNetCIFAR", {"depth": 20}, 0.27e6, 0.02, "He et al. 2016, table 6"),
    Rounded("ResNetCIFAR", {"depth": 56}, 0.85e6, 0.006, "He et al. 2016, table 6"),
    Rounded("ResNetCIFAR", {"depth": 110, "version": "v2"}, 1.7e6, 0.03, "He et al. 2016"),
    Rounded("ResNeXtCIFAR", {}, 34.4e6, 0.0015, "Xie et al. 2017, table 7"),
    Rounded("ResNeXtCIFAR", {"cardinality": 16}, 68.1e6, 0.0015, "Xie et al. 2017, table 7"),
    Rounded("PyramidNet101", {}, 42.455e6, 0.025, "Han, Kim & Kim 2017"),
    Rounded("PyramidNet200", {}, 62.1e6, 0.001, "Han, Kim & Kim 2017, table 5"),
    Rounded("SEResNet50", {"reduction": 2}, 45.699e6, 1.2e-5, "Hu, Shen & Sun 2018, r = 2"),
    Rounded("SEResNet50", {"reduction": 32}, 26.830e6, 2e-5, "Hu, Shen & Sun 2018, r = 32"),
    # With batch normalization folded into its convolutions, 0.1 % less than trainable.
    Rounded("SEInception", {}, 11.922e6, 0.001, "Open Model Zoo, weights of Hu, Shen & Sun"),
)
