import cnnlib  # noqa: F401  sets TensorFlow's log level before any test imports TensorFlow
